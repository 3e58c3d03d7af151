import { createApp } from '../../../core/app.ts'
import type { CommandRequest } from '../../../core/command-request.ts'
import type { SteamId, UserKey } from '../../../core/ids.ts'
import type { Locale } from '../../../core/locale.ts'
import type { Stored } from '../../../core/players/records.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import type { Reply } from '../../../core/reply.ts'
import { memoryAccountsAt } from '../fakes/memory-accounts.ts'
import { memoryPorts } from '../fakes/ports.ts'
import { asker } from './requesters.ts'

const ROBIN = '76561197960287930' as SteamId
const NOW = new Date('2026-11-25T12:00:00Z')
const HOSTILE = '<@1> @everyone <!channel> [free](https://evil.example) *bold* `code`'

const NOTHING: Stored = {
  ...{ locale: undefined, link: undefined, libraryAt: undefined },
  ...{ opinions: 0, feedback: 0, answers: 0, commands: 0, digests: 0, learnt: 0 },
}

const MUCH: Stored = {
  ...{ locale: 'ko', link: { steamId: ROBIN, proven: true, since: NOW }, libraryAt: NOW },
  ...{ opinions: 1234, feedback: 12_345, answers: 1234, commands: 123_456, digests: 2, learnt: 1234 },
}

/** Made by the core itself, so that the golden files show the sentences that people read. */
export async function accountReplies(
  locale: Locale,
  user: UserKey,
): Promise<Readonly<Record<string, Reply>>> {
  const before = (stored: Stored, loginUrl?: (code: string) => string) => {
    const app = createApp(
      memoryPorts({
        accounts: memoryAccountsAt(() => NOW),
        profiles: { identify: async () => ROBIN, personaName: async () => HOSTILE },
        records: {
          count: async () => stored,
          export: async () => ({}),
          forget: async () => [],
          forgetPlace: async () => [],
        },
        loginUrl,
        now: () => NOW,
      }),
    )
    return (what: Pick<CommandRequest, 'kind'> & Record<string, unknown>) =>
      app.handle({ ...asker({ user, locale }), ...what } as CommandRequest)
  }
  const ask = before(MUCH)
  const signIn = before(MUCH, () => 'https://bot.example/steam/login?state=0123456789abcdef')
  const link = { kind: 'link', ...readAccount(ROBIN) } as const
  const linked = await ask(link)
  return {
    'link-by-name': withoutChance(linked),
    'link-by-sign-in': await signIn(link),
    'not-in-name': withoutChance(await ask({ kind: 'press', action: { verb: 'prove' } })),
    unlinked: await ask({ kind: 'unlink' }),
    'privacy-much': await ask({ kind: 'privacy' }),
    'privacy-nothing': await before(NOTHING)({ kind: 'privacy' }),
    'forget-me': await ask({ kind: 'forget-me' }),
    forgotten: await ask({ kind: 'press', action: { verb: 'forget' } }),
  }
}

/** The same code each time. */
function withoutChance(reply: Reply): Reply {
  return JSON.parse(JSON.stringify(reply).replaceAll(/IS-[0-9A-Z]{10}/g, 'IS-23456789AB'))
}
