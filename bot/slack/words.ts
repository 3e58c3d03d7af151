/** What only Slack's players can come to read; every other sentence stands in the core. */

export const OLD_BUTTON = 'This button is from another version of this bot. Ask anew with /recommend.'

export function notPosted(reference: string): string {
  return `Slack did not take the post. Please press Share again. (reference ${reference})`
}
