/**
 * Discord's limits, from https://docs.discord.com/developers: /resources/message, /components/reference and
 * /interactions/application-commands. They are in UTF-16 code units unless they say bytes.
 */
export const LIMITS = {
  /** The text of a plain message. */
  content: 2000,
  /** All text displays of a message together. */
  textDisplays: 4000,
  /** Components of a message, including nested ones. */
  components: 40,
  /**
   * The share of a message that texts may take, as JSON in UTF-8. Discord answers payloads of nearly 10 kB with a
   * server error (https://github.com/discord/discord-api-docs/issues/8554).
   */
  textBytes: 6500,
  /** All components together, which leaves 600 bytes for the rest of the message. */
  componentBytes: 9400,
  /** All options of a list. Some cards have eight lists. */
  optionBytes: 3600,
  customId: 100,
  buttonLabel: 80,
  /** Autocomplete choices. */
  choices: 25,
  choiceName: 100,
  /** Options of a list. */
  options: 25,
  optionText: 100,
  placeholder: 150,
  formTitle: 45,
  formLabel: 45,
  formHelp: 100,
  threadName: 100,
} as const;
