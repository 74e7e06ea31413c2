/** Discord's limits, from https://docs.discord.com/developers/resources/message and /interactions/application-commands. */
export const LIMITS = {
  content: 2000,
  embedDescription: 4096,
  url: 2048,
  choices: 25,
  choiceName: 100,
} as const;
