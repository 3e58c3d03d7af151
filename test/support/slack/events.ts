import { createHmac } from 'node:crypto'

/** HTTP mode: signed requests to the app's own listener. */

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signature(secret: string, body: string, atSeconds: number): Record<string, string> {
  const hash = createHmac('sha256', secret).update(`v0:${atSeconds}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': String(atSeconds), 'x-slack-signature': `v0=${hash}` }
}

/** A command comes as a form, a press as a form with one field of JSON, an event as JSON. */
export function formBody(
  type: 'slash_commands' | 'interactive' | 'events_api',
  payload: Record<string, unknown>,
): string {
  if (type === 'events_api') return JSON.stringify(payload)
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : payload
  return new URLSearchParams(fields as Record<string, string>).toString()
}

export async function postEvent(
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  })
}
