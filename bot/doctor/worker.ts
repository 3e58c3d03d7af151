import { z } from 'zod'
import { chooseProvider } from '../../inference/runtime/session.ts'
import type { Config } from '../config/config.ts'
import type { Check } from '../platform/finding.ts'
import { clip } from '../platform/outbound-text.ts'

const TIMEOUT_MS = 5_000
const REASON_LENGTH = 200

/** Whether the workers are ready, and on which provider each answers and why. */
export function workerCheck({ urls, provider }: Pick<Config['inference'], 'urls' | 'provider'>): Check {
  return async () => {
    if (!urls) {
      const chosen = await chooseProvider(provider, () => {})
      return { state: 'well', detail: `npm start brings its own, on ${chosen.provider} (${chosen.why})` }
    }
    const found = await Promise.all(urls.map(providerOf))
    const away = urls.filter((_, place) => found[place] === undefined).map((url) => new URL(url).host)
    return away.length === 0
      ? { state: 'well', detail: `${urls.length} of ${urls.length} ready, on ${found.join(', ')}` }
      : {
          state: 'ill',
          detail: `${away.join(', ')} not ready`,
          fix: 'check its log, or start it with npm run inference',
        }
  }
}

const metadata = z.object({
  parameters: z.object({ provider: z.string(), provider_reason: z.string() }),
})

/** Undefined where the worker is not ready. Other servers of the protocol do not tell their provider. */
async function providerOf(url: string): Promise<string | undefined> {
  const address = `${url.replace(/\/+$/, '')}/v2/models/ease`
  const ask = (at: string) => fetch(at, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  try {
    if (!(await ask(`${address}/ready`)).ok) return undefined
    const told = metadata.safeParse(await (await ask(address)).json())
    if (!told.success) return 'a provider that it does not tell'
    const { provider, provider_reason } = told.data.parameters
    return clip(`${provider} (${provider_reason})`, REASON_LENGTH)
  } catch {
    return undefined
  }
}
