import { createHash } from 'node:crypto'
import { errorFields, type Log } from '../../../core/log.ts'
import type { Attachment } from '../../../core/reply.ts'
import { createRecent } from '../../../core/steam/recent.ts'
import { createSingleFlight } from '../../../core/steam/single-flight.ts'
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
  const common = { capacity: REMEMBERED, weigh: () => 1, now }
  const uploaded = createRecent<string>({ ...common, freshMs: FRESH_MS })
  const spoilt = createRecent<true>({ ...common, freshMs: SPOILT_MS })
  const share = createSingleFlight<string | undefined>()

  async function upload({ name, png, alt }: Cover, team: string, key: string): Promise<string | undefined> {
    const permit = permitFor(PATIENCE_MS)
    try {
      await caller.turn({ team }, permit.signal)
      const ask = caller.askUnder({ team }, permit)
      const id = await uploadFile(
        (method, options) => ask((client) => client.apiCall(method, options)),
        { name, bytes: Buffer.from(png), alt, channel: undefined },
        permit.signal,
      )
      uploaded.put(key, id)
      return id
    } catch (error) {
      spoilt.put(key, true)
      log('warn', 'a cover did not reach Slack; digests do without', errorFields(error))
      return undefined
    }
  }

  return {
    async of(cover, team) {
      const key = keyOf(cover, team)
      if (spoilt.fresh(key)) return undefined
      return uploaded.fresh(key) ?? share(key, () => upload(cover, team, key))
    },
    spoilt(cover, team) {
      const key = keyOf(cover, team)
      uploaded.dropWhere((_id, other) => other === key)
      spoilt.put(key, true)
    },
  }
}

function keyOf({ png }: Cover, team: string): string {
  return `${team}:${createHash('sha256').update(png).digest('base64url')}`
}
