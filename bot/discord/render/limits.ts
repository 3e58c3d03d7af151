/**
 * What Discord accepts. Lengths are kept in UTF-16 units: Discord counts characters, of which there are never more.
 * https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 * https://docs.discord.com/developers/components/reference
 * https://docs.discord.com/developers/interactions/application-commands
 */
export const LIMITS = {
  /** https://docs.discord.com/developers/resources/message#create-message */
  content: 2000,
  embeds: 10,
  /** Titles, descriptions, fields and footers of all embeds of one message together. */
  embedSum: 6000,
  title: 256,
  description: 4096,
  fields: 25,
  url: 2048,
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
  customId: 100,
  /** https://docs.discord.com/developers/resources/message#create-message */
  nonce: 25,
  choices: 25,
  choiceName: 100,
  choiceValue: 100,
  commandName: 32,
  commandDescription: 100,
  commandOptions: 25,
  textOptionLength: 6000,
  /** https://docs.discord.com/developers/resources/message#attachment-object */
  fileDescription: 1024,
} as const
