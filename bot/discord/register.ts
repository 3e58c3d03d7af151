import { isDeepStrictEqual } from 'node:util'
import { type APIApplicationCommand, REST, Routes } from 'discord.js'
import type { Log } from '../../core/log.ts'
import { type CommandBody, commandBodies } from './command-body.ts'
import { TOKEN_REFUSED } from './connection.ts'
import { isUnauthorized, patiently } from './failure.ts'

export type RegisterOptions = { readonly token: string; readonly apiUrl: string; readonly log: Log }

/** Publishes the catalogue of commands where Discord's differs from it. Throws where Discord refuses the token. */
export async function registerCommands({ token, apiUrl, log }: RegisterOptions): Promise<void> {
  const { rest, route, wanted, isCurrent } = await compareCommands({ token, apiUrl })
  const names = wanted.map((command) => `/${command.name}`).join(', ')
  if (isCurrent) {
    log('info', "Discord's commands are up to date", { commands: names })
    return
  }
  await patiently.execute(() => rest.put(route, { body: wanted }))
  log('info', "registered Discord's commands", { commands: names })
}

/** Whether Discord knows the commands as this version has them. Throws where Discord refuses the token. */
export async function commandsAreCurrent(options: Omit<RegisterOptions, 'log'>): Promise<boolean> {
  const { isCurrent } = await compareCommands(options)
  return isCurrent
}

async function compareCommands({ token, apiUrl }: Omit<RegisterOptions, 'log'>) {
  const rest = new REST({ api: apiUrl.replace(/\/+$/, ''), retries: 0 }).setToken(token)
  const application = await ownApplication(rest)
  const route = Routes.applicationCommands(application.id)
  const wanted = commandBodies()
  // Without it Discord names no localisation.
  const query = new URLSearchParams({ with_localizations: 'true' })
  const current = (await patiently.execute(() => rest.get(route, { query }))) as APIApplicationCommand[]
  return { rest, route, wanted, isCurrent: isDeepStrictEqual(comparable(current), comparable(wanted)) }
}

async function ownApplication(rest: REST): Promise<{ id: string }> {
  try {
    return (await patiently.execute(() => rest.get(Routes.currentApplication()))) as { id: string }
  } catch (error) {
    throw isUnauthorized(error) ? new Error(TOKEN_REFUSED) : error
  }
}

/** Discord fills in fields, leaves out what is false or empty and keeps an order of its own. */
function comparable(commands: readonly (APIApplicationCommand | CommandBody)[]) {
  return commands
    .map(
      ({
        name,
        description,
        description_localizations,
        type,
        contexts,
        integration_types,
        options = [],
      }) => ({
        ...{ name, description, description_localizations, type },
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
