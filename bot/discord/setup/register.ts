import { isDeepStrictEqual } from 'node:util'
import { type APIApplicationCommand, Routes } from 'discord.js'
import type { Log } from '../../../core/log.ts'
import { patiently } from '../send/failure.ts'
import { inviteUrl } from '../send/permissions.ts'
import { type Account, openRest, ownApplication } from '../send/rest.ts'
import { type CommandBody, commandBodies } from './command-body.ts'

export type RegisterOptions = Account & { readonly log: Log }

/**
 * Publishes the catalogue of commands where Discord's differs from it, and tells the link that adds the bot to a server.
 * Throws where Discord refuses the token.
 */
export async function registerCommands({ log, ...account }: RegisterOptions): Promise<void> {
  const { rest, route, wanted, isCurrent, invite } = await compareCommands(account)
  const fields = { commands: wanted.map((command) => `/${command.name}`).join(', '), invite }
  if (isCurrent) {
    log('info', "Discord's commands are up to date", fields)
    return
  }
  await patiently.execute(() => rest.put(route, { body: wanted }))
  log('info', "registered Discord's commands", fields)
}

/** Whether Discord knows the commands as this version has them. Throws where Discord refuses the token. */
export async function commandsAreCurrent(account: Account): Promise<boolean> {
  const { isCurrent } = await compareCommands(account)
  return isCurrent
}

async function compareCommands(account: Account) {
  const rest = openRest(account)
  const { id } = await ownApplication(rest)
  const route = Routes.applicationCommands(id)
  const wanted = commandBodies()
  // Without it Discord names no localisation.
  const query = new URLSearchParams({ with_localizations: 'true' })
  const current = (await patiently.execute(() => rest.get(route, { query }))) as APIApplicationCommand[]
  const isCurrent = isDeepStrictEqual(comparable(current), comparable(wanted))
  return { rest, route, wanted, isCurrent, invite: inviteUrl(id) }
}

/** Discord fills in fields, leaves out what is false or empty and keeps an order of its own. */
function comparable(commands: readonly (APIApplicationCommand | CommandBody)[]) {
  return commands
    .map(
      ({
        name,
        name_localizations,
        description,
        description_localizations,
        type,
        contexts,
        integration_types,
        options = [],
      }) => ({
        ...{ name, name_localizations, description, description_localizations, type },
        contexts: contexts?.toSorted(),
        integration_types: integration_types?.toSorted(),
        options: options.map(withoutNothing),
      }),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Choices have localisations of their own that may be absent. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(
    ([, each]) => each !== false && each !== undefined && each !== null,
  )
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNothing(each)]))
}
