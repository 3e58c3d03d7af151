/**
 * What Slack accepts. Lengths are kept in UTF-16 units of the escaped text: Slack counts characters, of which there are
 * never more.
 * https://docs.slack.dev/reference/block-kit/blocks
 * https://docs.slack.dev/reference/block-kit/block-elements/button-element
 * https://docs.slack.dev/reference/app-manifest
 */
export const LIMITS = {
  /** https://docs.slack.dev/reference/methods/chat.postMessage: longer texts are truncated, and 4,000 read well. */
  text: 4000,
  blocks: 50,
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  contextElements: 10,
  contextText: 2000,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  actionId: 255,
  imageUrl: 3000,
  altText: 2000,
  /** https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
  fileAltText: 1000,
  /** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
  responses: 5,
  responseMinutes: 30,
  displayName: 35,
  appDescription: 140,
  botName: 80,
  commands: 50,
  commandName: 32,
  commandDescription: 2000,
  usageHint: 1000,
} as const
