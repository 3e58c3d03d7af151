import { randomUUID } from 'node:crypto'
import type { Call } from './web-api.ts'

/** Files in Slack: an address is given out, takes the bytes, and then the file is shared. */

type Json = Record<string, unknown>

type SharedFile = {
  /** Of whose direct messages it stands in. */
  readonly user: string
  readonly name: string
  readonly alt: string | undefined
  readonly bytes: Buffer
}

type Upload = {
  readonly name: string
  readonly alt: string | undefined
  readonly length: number
  bytes?: Buffer
  complete?: true
}

/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal and files.completeUploadExternal */
export const FILE_METHODS: Readonly<
  Record<string, { required: readonly string[]; optional: readonly string[] }>
> = {
  'files.getUploadURLExternal': { required: ['filename', 'length'], optional: ['alt_txt', 'snippet_type'] },
  'files.completeUploadExternal': {
    required: ['files'],
    optional: ['channel_id', 'channels', 'initial_comment', 'blocks', 'thread_ts'],
  },
}

const NEEDED: Readonly<Record<string, string>> = {
  'conversations.open': 'im:write',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
}

export type SlackFiles = ReturnType<typeof createSlackFiles>

export function createSlackFiles(uploadAddress: (id: string) => string, violate: (fault: string) => void) {
  const uploads = new Map<string, Upload>()
  const shared: SharedFile[] = []
  let unready = 0

  function offer(form: URLSearchParams): Json {
    const [length, alt] = [Number(form.get('length')), form.get('alt_txt') ?? undefined]
    if (!(length > 0)) return { ok: false, error: 'missing_argument' }
    if ([...(alt ?? '')].length > 1000) return { ok: false, error: 'alt_txt_too_large' }
    const id = `F${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`
    uploads.set(id, { name: form.get('filename') ?? '', alt, length })
    return { ok: true, upload_url: uploadAddress(id), file_id: id }
  }

  function complete(form: URLSearchParams): Json {
    const files: readonly { id: string; title?: string }[] = JSON.parse(form.get('files') ?? '[]')
    const channel = form.get('channel_id')
    const user = /^D([UW].*)$/.exec(channel ?? '')?.[1]
    if (channel !== null && user === undefined)
      violate('a file is shared somewhere else than in direct messages')
    for (const { id } of files) {
      const upload = uploads.get(id)
      if (!upload?.bytes) return { ok: false, error: 'file_not_found' }
      upload.complete = true
      const { name, alt, bytes } = upload
      if (user !== undefined) shared.push({ user, name, alt, bytes })
    }
    return { ok: true, files: files.map(({ id, title = '' }) => ({ id, title })) }
  }

  return {
    shared,
    /** How often an address for an upload was given out. */
    offered: () => uploads.size,
    /** So many posts find their picture not ready yet: Slack works on an upload for some moments. */
    notReadyFor(posts: number): void {
      unready = posts
    },
    /** Whether a post of the app may show it. */
    mayShow(id: string): boolean {
      if (unready > 0) {
        unready -= 1
        return false
      }
      return uploads.get(id)?.complete === true
    },
    /** Takes the bytes of a file, and answers with a status. */
    take(id: string, bytes: Buffer): number {
      const upload = uploads.get(id)
      if (!upload) return 404
      if (upload.length !== bytes.length) violate(`${bytes.length} bytes came instead of ${upload.length}`)
      upload.bytes = bytes
      return 200
    },
    /** Undefined for a method that is not about files. */
    answer({ method, form }: Call, scopes: readonly string[]): Json | undefined {
      const needed = NEEDED[method]
      if (needed === undefined) return undefined
      if (!scopes.includes(needed))
        return { ok: false, error: 'missing_scope', needed, provided: scopes.join(',') }
      if (method === 'conversations.open') return { ok: true, channel: { id: `D${form.get('users')}` } }
      return method === 'files.getUploadURLExternal' ? offer(form) : complete(form)
    },
  }
}
