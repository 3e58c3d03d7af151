import type { Answer } from './interactions.ts'
import { errorBody } from './payloads.ts'
import { answerFaults } from './rules.ts'

/** A server that the bot is in; its permissions leave out what channels give and take. */
export type Guild = { readonly id: string; readonly name: string; readonly permissions: bigint }

const PATH = '/users/@me/guilds'
const MOST = 200

/** `GET /users/@me/guilds`, page by page. https://docs.discord.com/developers/resources/user#get-current-user-guilds */
export function guildsAnswer(
  guilds: readonly Guild[],
  query: URLSearchParams,
  violate: (fault: string) => void,
): Answer {
  const limit = Number(query.get('limit') ?? MOST)
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= MOST)) {
    violate(`${PATH} takes no limit of ${query.get('limit')}`)
    return { status: 400, body: errorBody(50035) }
  }
  const after = BigInt(query.get('after') ?? 0)
  const body = guilds
    .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    .filter(({ id }) => BigInt(id) > after)
    .slice(0, limit)
    .map(({ id, name, permissions }) => ({
      ...{ id, name, permissions: String(permissions) },
      ...{ icon: null, banner: null, owner: false, features: [] },
    }))
  for (const fault of answerFaults('GET', PATH, body)) violate(fault)
  return { status: 200, body }
}
