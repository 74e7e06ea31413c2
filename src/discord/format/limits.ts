/**
 * Discord's limits, from https://docs.discord.com/developers: /resources/message, /components/reference and
 * /interactions/application-commands. Characters are UTF-16 code units.
 */
export const LIMITS = {
  content: 2000,
  /** Of all text displays of a message together. */
  textDisplays: 4000,
  /** Of a message, counting nested ones. */
  components: 40,
  /** A payload near 10 kB of UTF-8 is answered with a server error (https://github.com/discord/discord-api-docs/issues/8554): texts have this much of it. */
  textBytes: 6500,
  /** Of all components together, which leaves 600 bytes for the rest of the message. */
  componentBytes: 9400,
  /** Of the options of a list: some cards have eight lists. */
  optionBytes: 3600,
  customId: 100,
  buttonLabel: 80,
  choices: 25,
  choiceName: 100,
  options: 25,
  optionText: 100,
  placeholder: 150,
  threadName: 100,
} as const;
