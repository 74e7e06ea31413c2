/** Discord's limits, from https://docs.discord.com/developers/resources/message and /interactions/application-commands. */
export const LIMITS = {
  embedTitle: 256,
  embedDescription: 4096,
  embedFooter: 2048,
  /** Titles, descriptions, footers and fields of all embeds of a message together. */
  embedsTotal: 6000,
  url: 2048,
  choices: 25,
  choiceName: 100,
  nonce: 25,
} as const;
