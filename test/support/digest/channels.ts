import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export type Message = {
  readonly id: string
  readonly channel: string
  readonly delivery: string
  readonly text: string
  readonly at: Date
}

/** What becomes of the next post. `applied`: it stands in the channel, whatever its sender hears. */
export type Happening =
  | { readonly kind: 'busy'; readonly seconds?: number }
  | { readonly kind: 'broken' | 'cut-off' | 'silent'; readonly applied: boolean }
  /** Never answered, and applied only when the test says so. */
  | { readonly kind: 'delayed' }
  | { readonly kind: 'no-permission' | 'no-channel' | 'bad' }

type Options = {
  readonly now: () => Date
  /** For so long a nonce brings back the message that it was first sent with. */
  readonly remembersMs: number
  /** Whether the app may read what stands in its channels. */
  readonly readable: boolean
}

type Post = {
  readonly channel: string
  readonly delivery: string
  readonly nonce?: string
  readonly text: string
}

/** A platform's channels behind a loopback server: keeps what was posted, and forgets nonces by the test's clock. */
export async function openChannels({ now, remembersMs, readable }: Options) {
  const messages: Message[] = []
  const nonces = new Map<string, Message>()
  const happenings: Happening[] = []
  const arrivals: ((post: Post) => void)[] = []
  const delayed: Post[] = []
  let requests = 0
  let lookUps: Happening[] = []

  function apply(post: Post): Message {
    const known = post.nonce === undefined ? undefined : nonces.get(`${post.channel} ${post.nonce}`)
    if (known && now().getTime() - known.at.getTime() < remembersMs) return known
    const { channel, delivery, text } = post
    const message = { id: `m${messages.length + 1}`, channel, delivery, text, at: now() }
    messages.push(message)
    if (post.nonce !== undefined) nonces.set(`${channel} ${post.nonce}`, message)
    return message
  }

  function onPost(post: Post, response: ServerResponse): void {
    requests += 1
    const happening = happenings.shift()
    if (happening && 'applied' in happening && happening.applied) apply(post)
    if (happening?.kind === 'delayed') delayed.push(post)
    arrivals.shift()?.(post)
    if (happening) happen(happening, response)
    else answer(response, 200, { id: apply(post).id })
  }

  function onFind(query: URLSearchParams, response: ServerResponse): void {
    const happening = lookUps.shift()
    const found = messages.find(
      ({ channel, delivery, at }) =>
        channel === query.get('channel') &&
        delivery === query.get('delivery') &&
        at.toISOString() >= String(query.get('since')),
    )
    if (happening) happen(happening, response)
    else if (readable) answer(response, found ? 200 : 404, { id: found?.id })
    else answer(response, 403)
  }

  const server = createServer(async (request: IncomingMessage, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    if (pathname === '/find') onFind(searchParams, response)
    else onPost((await json(request)) as Post, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages: messages as readonly Message[],
    /** How often a post was asked for, whatever became of it. */
    requests: () => requests,
    next: (...coming: Happening[]) => void happenings.push(...coming),
    nextLook: (...coming: Happening[]) => void lookUps.push(...coming),
    /** Resolves when the next post has come in. */
    arrival: () => new Promise<Post>((resolve) => void arrivals.push(resolve)),
    applyDelayed: () => delayed.splice(0).map(apply),
    clear() {
      messages.splice(0)
      nonces.clear()
      happenings.splice(0)
      lookUps = []
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A kind without a status gets no answer. */
const STATUS: Readonly<Partial<Record<Happening['kind'], number>>> = {
  ...{ busy: 429, broken: 502, 'no-permission': 403, 'no-channel': 410, bad: 400 },
}

function happen(happening: Happening, response: ServerResponse): void {
  if ('seconds' in happening) response.setHeader('Retry-After', happening.seconds)
  const status = STATUS[happening.kind]
  if (status !== undefined) answer(response, status)
  else if (happening.kind === 'cut-off') response.destroy()
}

function answer(response: ServerResponse, status: number, body: unknown = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
