import { PermissionsBitField, type REST, Routes } from 'discord.js'
import { z } from 'zod'
import { patiently } from '../send/failure.ts'
import { inviteUrl, missingPermissions, type Permission } from '../send/permissions.ts'
import { type Account, openRest, ownApplication } from '../send/rest.ts'

/** A server that the bot is in, with what it lacks there; a channel's own rules may take more away. */
export type Server = { readonly name: string; readonly missing: readonly Permission[] }

/** The most that Discord gives at once. */
const PAGE = 200

/** https://docs.discord.com/developers/resources/user#get-current-user-guilds */
const page = z
  .array(z.object({ id: z.string(), name: z.string(), permissions: z.string().regex(/^\d{1,30}$/) }))
  .nullable()

/** Where the bot is, and the link that adds it to a server. Throws where Discord refuses the token. */
export async function inspectServers(
  account: Account,
): Promise<{ readonly servers: readonly Server[]; readonly invite: string }> {
  const rest = openRest(account)
  const { id } = await ownApplication(rest)
  return { servers: await readServers(rest), invite: inviteUrl(id) }
}

async function readServers(rest: REST): Promise<Server[]> {
  const servers: Server[] = []
  let after = '0'
  for (;;) {
    const query = new URLSearchParams({ limit: String(PAGE), after })
    const found = page.parse(await patiently.execute(() => rest.get(Routes.userGuilds(), { query }))) ?? []
    servers.push(
      ...found.map(({ name, permissions }) => ({
        name,
        missing: missingPermissions(new PermissionsBitField(BigInt(permissions))),
      })),
    )
    const last = found.at(-1)?.id
    if (found.length < PAGE || last === undefined || last === after) return servers
    after = last
  }
}
