import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { fileFaults, readBody, type SentFile } from '../discord/files.ts'
import { type MessageBody, messageFaults, specFaults } from '../discord/rules.ts'
import { response as slackMessage } from '../slack/blocks.ts'

/** Nobody who reads a log may find it there. */
export const SECRET = 'S3cretOfTheWebhook'

type Told = {
  readonly on: 'discord' | 'slack'
  readonly body: MessageBody & { readonly text?: string; readonly blocks?: readonly unknown[] }
  readonly files: ReadonlyMap<string, SentFile>
}

/** What the next request gets instead of an answer as usual. */
export type Mood =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | 'hang up'

/**
 * Incoming webhooks of Discord and of Slack, by their rules: https://docs.discord.com/developers/resources/webhook,
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. What breaks one is refused and kept.
 */
export async function startOpsWebhook() {
  const told: Told[] = []
  const faults: string[] = []
  const moods: Mood[] = []
  let asked = 0
  const server = createServer(async (request, reply) => {
    asked += 1
    const bytes = await buffer(request)
    const mood = moods.shift()
    if (mood === 'hang up') return void request.socket.destroy()
    if (mood) return void reply.writeHead(mood.status, mood.headers).end('not now')
    const message = await readMessage(request, bytes)
    const wrong = message ? message.faults : [`there is no ${request.method} ${request.url}`]
    faults.push(...wrong)
    if (wrong.length > 0 || !message) return void reply.writeHead(400).end('invalid_payload')
    told.push(message.told)
    accept(message.told.on, reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections())
  onTestFinished(stop)
  const base = `http://127.0.0.1:${port}`
  return {
    discord: `${base}/api/webhooks/123456789012345678/${SECRET}`,
    slack: `${base}/services/T0000/B0000/${SECRET}`,
    told,
    faults,
    /** The next requests meet these, one after the other. */
    meet: (...next: readonly Mood[]) => void moods.push(...next),
    asked: () => asked,
    stop,
  }
}

async function readMessage(request: IncomingMessage, bytes: Buffer) {
  const type = request.headers['content-type']
  const { body, files } = await readBody(bytes, type)
  if (request.method !== 'POST') return undefined
  if (request.url?.startsWith('/api/webhooks/')) {
    const message = body as MessageBody
    const path = request.url.replace(/^\/api/, '')
    const wrong = [
      ...specFaults('POST', path, body),
      ...messageFaults(message),
      ...fileFaults(message, files),
    ]
    return { told: { on: 'discord', body: message, files } as Told, faults: wrong }
  }
  if (!request.url?.startsWith('/services/')) return undefined
  const parsed = slackMessage.safeParse({ ...(body as object), response_type: 'in_channel' })
  const wrong = [
    ...(parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []),
    ...(type === 'application/json' ? [] : ['a body that is not JSON']),
  ]
  return { told: { on: 'slack', body, files } as Told, faults: wrong }
}

/** Discord answers without a body unless it is waited for; Slack with a word. */
function accept(on: Told['on'], reply: ServerResponse): void {
  if (on === 'discord') reply.writeHead(204).end()
  else reply.writeHead(200, { 'content-type': 'text/html' }).end('ok')
}
