import { Client, InteractionResponseType, MessageFlags } from 'discord.js'
import { z } from 'zod'
import {
  type Completion,
  dataAddress,
  type Shown,
  type ShownFile,
  typeOf,
} from '../../platform/playground-side.ts'

/** A Discord without a network: discord.js makes its requests as ever, and they are written down in place of being sent. */

/** What the requests of one interaction came to. */
export type Written = { readonly shown: Shown[]; choices: readonly Completion[] }

export type Requests = {
  readonly client: Client
  /** From now on what belongs to this token is written down; `close` is to be called when it is over. */
  open(token: string): { readonly written: Written; close(): void }
}

const callback = z.object({
  type: z.number(),
  data: z
    .object({ choices: z.array(z.object({ name: z.string(), value: z.string() })) })
    .partial()
    .optional(),
})
const message = z.looseObject({ flags: z.number().default(0) })

/** https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints */
const CALLBACK = /\/interactions\/\d+\/([\w-]+)\/callback$/
const WEBHOOK = /\/webhooks\/\d+\/([\w-]+)(\/messages\/@original)?$/

export function createRequests(): Requests {
  const open = new Map<string, Written>()

  async function request(address: string, method: string, body: unknown): Promise<Response> {
    const path = decodeURIComponent(new URL(address).pathname)
    const written = open.get((CALLBACK.exec(path) ?? WEBHOOK.exec(path))?.[1] ?? '')
    if (!written) return Response.json({ message: 'Unknown Webhook', code: 10015 }, { status: 404 })
    if (CALLBACK.test(path)) return takeCallback(written, body)
    if (method === 'DELETE') return takeDeletion(written)
    return takeMessage(written, body, method === 'PATCH')
  }

  const client = new Client({
    intents: [],
    // Left out, discord.js would take them from the variable SHARDS.
    shards: [0],
    rest: {
      retries: 0,
      makeRequest: async (address, init) => {
        const response = await request(address, init.method ?? 'GET', init.body)
        // Node's own answer, where the types name that of the package behind it.
        return response as never
      },
    },
  })

  return {
    client,
    open(token) {
      const written: Written = { shown: [], choices: [] }
      open.set(token, written)
      return { written, close: () => open.delete(token) }
    },
  }
}

function takeCallback(written: Written, body: unknown): Response {
  const { type, data } = callback.parse(JSON.parse(String(body)))
  if (type === InteractionResponseType.ApplicationCommandAutocompleteResult)
    written.choices = data?.choices ?? []
  return new Response(null, { status: 204 })
}

function takeDeletion({ shown }: Written): Response {
  shown.push({ kind: 'gone' })
  return new Response(null, { status: 204 })
}

/** An edit puts the answer in its place; a new message is private or not. */
async function takeMessage({ shown }: Written, body: unknown, edits: boolean): Promise<Response> {
  const { payload, files } = await readBody(body)
  const { flags } = payload
  const isPrivate = (flags & MessageFlags.Ephemeral) !== 0
  shown.push({ kind: edits ? 'answer' : isPrivate ? 'aside' : 'post', payload, files })
  return Response.json(messageOf(flags))
}

/** JSON, or a form where files come along. */
async function readBody(body: unknown) {
  if (!(body instanceof FormData) && !isForm(body)) {
    return { payload: message.parse(JSON.parse(String(body))), files: [] }
  }
  const payload = message.parse(JSON.parse(String(body.get('payload_json'))))
  const described = z
    .object({ attachments: z.array(z.object({ description: z.string().optional() })) })
    .safeParse(payload)
  const blobs = [...body.entries()].flatMap(([, value]) => (typeof value === 'string' ? [] : [value as File]))
  const files = blobs.map(async (file, at): Promise<ShownFile> => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const alt = described.success ? described.data.attachments[at]?.description : undefined
    return { name: file.name, alt, address: dataAddress(typeOf(file.name), bytes) }
  })
  return { payload, files: await Promise.all(files) }
}

/** discord.js may bring its own FormData. */
function isForm(body: unknown): body is FormData {
  return typeof body === 'object' && body !== null && 'entries' in body && 'get' in body
}

/** As much of a message of the bot as discord.js reads of it. */
export function messageOf(flags: number) {
  return {
    ...{ id: '1', channel_id: '1', type: 0, flags, content: '', embeds: [], components: [], attachments: [] },
    ...{ mentions: [], mention_roles: [], mention_everyone: false, pinned: false, tts: false },
    timestamp: new Date(0).toISOString(),
    author: { id: '1', username: 'Indiescout', discriminator: '0', avatar: null, global_name: null },
  }
}
