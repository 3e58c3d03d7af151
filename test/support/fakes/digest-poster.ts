import type { LookUpOutcome, Posted, Target } from '../../../core/digest/delivery.ts'
import type { Poster, SendWindow } from '../../../core/digest/poster.ts'
import type { RateLimiter } from '../../../core/rate-limiter.ts'
import type { Reply } from '../../../core/reply.ts'

export type PosterOptions = {
  /** Of the stand-in's channels. */
  readonly url: string
  /** What the state machine may rely on; 0: posts carry no nonce. */
  readonly remembersMs: number
  readonly settlesMs: number
  /** Posts are given up after this. */
  readonly requestMs?: number
  readonly pace?: { readonly pace: RateLimiter; readonly key: string; readonly everyMs: number }
}

/** Posts to the stand-in's channels as a platform's adapter does, over a real connection that can fail. */
export function createChannelPoster(options: PosterOptions): Poster {
  const { url, remembersMs, settlesMs, pace } = options
  return {
    rules: { remembersMs, settlesMs },
    turn: async (_target, signal) => pace?.pace.acquire(pace.key, pace.everyMs, signal),
    post: (target, reply, permit) => post(options, { target, reply, permit }),
    async find({ channel, delivery }, since) {
      const query = new URLSearchParams({ channel, delivery, since: since.toISOString() })
      const response = await fetch(`${url}/find?${query}`).catch(() => undefined)
      return toFound(response, response?.ok ? await idIn(response) : '')
    },
    tell: async () => false,
  }
}

type Request = { readonly target: Target; readonly reply: Reply; readonly permit: SendWindow }

async function post(
  { url, remembersMs, requestMs = 15_000 }: PosterOptions,
  { target, reply, permit }: Request,
): Promise<Posted> {
  const { channel, delivery } = target
  const nonce = remembersMs > 0 ? delivery : undefined
  if (!permit.isOpen()) return { kind: 'busy', waitMs: 0 }
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ channel, delivery, nonce, text: reply.summary }),
      signal: AbortSignal.any([permit.signal, AbortSignal.timeout(requestMs)]),
    })
    return toPosted(response, response.ok ? await idIn(response) : '')
  } catch {
    return { kind: 'lost' }
  }
}

function toPosted(response: Response, message: string): Posted {
  switch (response.status) {
    case 200:
      return { kind: 'posted', message }
    case 400:
      return { kind: 'invalid' }
    case 403:
      return { kind: 'refused', why: 'no-permission' }
    case 410:
      return { kind: 'refused', why: 'no-channel' }
    case 429:
      return { kind: 'busy', waitMs: waitOf(response) }
    default:
      return { kind: 'lost' }
  }
}

function toFound(response: Response | undefined, message: string): LookUpOutcome {
  switch (response?.status) {
    case 200:
      return { kind: 'found', message }
    case 404:
      return { kind: 'absent' }
    case 403:
      return { kind: 'blind' }
    case 410:
      return { kind: 'refused', why: 'no-channel' }
    default:
      return { kind: 'busy', waitMs: response && waitOf(response) }
  }
}

function waitOf(response: Response): number | undefined {
  const asked = response.headers.get('Retry-After')
  return asked === null ? undefined : Number(asked) * 1000
}

async function idIn(response: Response): Promise<string> {
  return ((await response.json()) as { id: string }).id
}
