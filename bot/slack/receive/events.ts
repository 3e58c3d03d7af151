import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTTPModuleFunctions, HTTPReceiver, type Logger } from '@slack/bolt'
import { z } from 'zod'

export type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** Slack's largest payload, a press with its message, is far below. */
const BODY_LIMIT = 1024 * 1024

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
const WINDOW_SECONDS = 5 * 60

/** By one of these Bolt tells what has come; it takes for granted that what it reads of them is there. */
const payload = z
  .looseObject({
    type: z.string().optional(),
    command: z.string().optional(),
    ssl_check: z.string().optional(),
    event: z.looseObject({}).optional(),
    actions: z.array(z.looseObject({})).min(1).optional(),
  })
  .refine(({ type, command, ssl_check, event, actions }) => type ?? command ?? ssl_check ?? event ?? actions)

/** Slack's HTTP mode for a server of ours: `listener` takes `POST /slack/events` with its body unread. */
export function openEvents(signingSecret: string, logger: Logger) {
  const receiver = new HTTPReceiver({ signingSecret, logger, bodyLimit: BODY_LIMIT })

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isFromTheFuture(request)) return end(request, response, 401)
    const checked = await check(request, signingSecret)
    if (typeof checked === 'number') return end(request, response, checked)
    try {
      receiver.requestListener(checked, response)
    } catch {
      // Bolt throws for any other path or method.
      end(request, response, 404)
    }
  }
  const listener: Listener = (request, response) => {
    take(request, response).catch((error: unknown) => {
      logger.error('a request of Slack could not be taken:', error)
      end(request, response, 500)
    })
  }
  return { receiver, listener }
}

/** The request with its body, or the status with which it is refused: Bolt fails on a body that is no object. */
async function check(request: IncomingMessage, signingSecret: string) {
  const { parseAndVerifyHTTPRequest, parseHTTPRequestBody, isRawBodyError } = HTTPModuleFunctions
  const options = { enabled: true, signingSecret, bodyLimit: BODY_LIMIT }
  try {
    const signed = await parseAndVerifyHTTPRequest(options, request)
    return payload.safeParse(unlessBroken(() => parseHTTPRequestBody(signed))).success ? signed : 400
  } catch (error) {
    return isRawBodyError(error) && 'statusCode' in error ? Number(error.statusCode) : 401
  }
}

function unlessBroken(parse: () => unknown): unknown {
  try {
    return parse()
  } catch {
    return undefined
  }
}

/** Bolt checks the signature and refuses what is older than the window, but takes any time that is yet to come. */
function isFromTheFuture({ headers }: IncomingMessage): boolean {
  return Number(headers['x-slack-request-timestamp']) > Date.now() / 1000 + WINDOW_SECONDS
}

function end(request: IncomingMessage, response: ServerResponse, status: number): void {
  request.resume()
  if (!response.headersSent) response.writeHead(status)
  response.end()
}
