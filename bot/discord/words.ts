/** What only Discord's players can come to read; every other sentence stands in the core. */

export const OLD_BUTTON = 'This button is from another version of this bot. Ask anew with /recommend.'

export function notPosted(allowed: boolean, reference: string): string {
  const why = allowed
    ? 'Discord did not take the post. Please press Share again.'
    : 'This bot may not post in this channel: it needs View Channel, Send Messages and Embed Links.'
  return `${why} (reference ${reference})`
}
