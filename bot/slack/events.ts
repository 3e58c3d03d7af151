import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTTPReceiver, type Logger } from '@slack/bolt'

export type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** Slack's largest payload, a press with its message, is far below. */
const BODY_LIMIT = 1024 * 1024

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
const WINDOW_SECONDS = 5 * 60

/** Slack's HTTP mode for a server of ours: `listener` takes `POST /slack/events` with its body unread. */
export function openEvents(signingSecret: string, logger: Logger) {
  const receiver = new HTTPReceiver({ signingSecret, logger, bodyLimit: BODY_LIMIT })
  const listener: Listener = (request, response) => {
    if (isFromTheFuture(request)) return end(request, response, 401)
    try {
      receiver.requestListener(request, response)
    } catch {
      // Bolt throws for any other path or method.
      end(request, response, 404)
    }
  }
  return { receiver, listener }
}

/** Bolt checks the signature and refuses what is older than the window, but takes any time that is yet to come. */
function isFromTheFuture({ headers }: IncomingMessage): boolean {
  return Number(headers['x-slack-request-timestamp']) > Date.now() / 1000 + WINDOW_SECONDS
}

function end(request: IncomingMessage, response: ServerResponse, status: number): void {
  request.resume()
  response.writeHead(status).end()
}
