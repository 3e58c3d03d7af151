import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { freshFor } from '../../../core/fresh-for.ts'
import { errorFields, type Log } from '../../../core/log.ts'
import type { Attachment } from '../../../core/reply.ts'
import { permitFor } from '../../platform/sending.ts'
import type { Caller } from './caller.ts'
import { uploadFile } from './files.ts'

type Cover = Extract<Attachment, { kind: 'cover' }>

/** Pictures in Slack, each uploaded once to a workspace: many channels show the same one. */
export type Covers = {
  /** The file's id; undefined where Slack does not take the picture, and for a while after. Never throws. */
  of(cover: Cover, team: string): Promise<string | undefined>
  /** Slack does not show it: it is left out for a while. */
  spoilt(cover: Cover, team: string): void
}

/** A week's digests share their covers; Slack keeps files for longer. */
const FRESH_MS = 24 * 3_600_000
const SPOILT_MS = 60_000
const REMEMBERED = 1_000
const PATIENCE_MS = 20_000

type Needs = { readonly caller: Caller; readonly log: Log; readonly now: () => Date }

export function createCovers({ caller, log, now }: Needs): Covers {
  const uploaded = new LRUCache<string, Uploaded, Upload>({
    ...freshFor(FRESH_MS, now),
    max: REMEMBERED,
    async fetchMethod(_key, _before, { context, options }) {
      try {
        return { id: await upload(context) }
      } catch (error) {
        log('warn', 'could not upload a cover to Slack; the digest is posted without it', errorFields(error))
        options.ttl = SPOILT_MS
        return 'spoilt'
      }
    },
  })

  async function upload({ cover: { name, png, alt }, team }: Upload): Promise<string> {
    const permit = permitFor(PATIENCE_MS)
    await caller.turn({ team }, permit.signal)
    const ask = caller.askUnder({ team }, permit)
    return uploadFile(
      (method, options) => ask((client) => client.apiCall(method, options)),
      { name, bytes: Buffer.from(png), alt, channel: undefined },
      permit.signal,
    )
  }

  return {
    async of(cover, team) {
      const found = await uploaded.forceFetch(keyOf(cover, team), { context: { cover, team } })
      return found === 'spoilt' ? undefined : found.id
    },
    spoilt(cover, team) {
      uploaded.set(keyOf(cover, team), 'spoilt', { ttl: SPOILT_MS })
    },
  }
}

/** A file's id, or that Slack does not show it. */
type Uploaded = { readonly id: string } | 'spoilt'

type Upload = { readonly cover: Cover; readonly team: string }

function keyOf({ png }: Cover, team: string): string {
  return `${team}:${createHash('sha256').update(png).digest('base64url')}`
}
