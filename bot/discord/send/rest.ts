import { REST, Routes } from 'discord.js'
import { TOKEN_REFUSED } from '../receive/connection.ts'
import { isUnauthorized, patiently } from './failure.ts'

export type Account = { readonly token: string; readonly apiUrl: string }

/** Discord's REST API without a gateway, for what is done once. */
export function openRest({ token, apiUrl }: Account): REST {
  return new REST({ api: apiUrl.replace(/\/+$/, ''), retries: 0 }).setToken(token)
}

/** Throws where Discord refuses the token, which it never names. */
export async function ownApplication(rest: REST): Promise<{ readonly id: string }> {
  try {
    return (await patiently.execute(() => rest.get(Routes.currentApplication()))) as { id: string }
  } catch (error) {
    throw isUnauthorized(error) ? new Error(TOKEN_REFUSED) : error
  }
}
