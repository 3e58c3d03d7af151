import { asksForUsage } from '../../../bot/platform/command-line.ts'
import { parseText } from '../../../bot/slack/receive/parse.ts'
import type { Catalogue } from '../../../core/catalogue/catalogue.ts'
import { findGame } from '../../../core/catalogue/find-game.ts'
import type { Requester } from '../../../core/command-request.ts'
import { findCommand } from '../../../core/commands/catalogue.ts'
import type { GameId } from '../../../core/ids.ts'
import { parseCommand, type Values } from '../../../core/parsing/parse.ts'
import { syntaxFor } from './platforms.ts'
import { asker } from './requesters.ts'

/** A title as it is typed, and what comes to `/similar` on either platform. */
export const PLATFORMS = ['Slack', 'Discord'] as const
export type Platform = (typeof PLATFORMS)[number]

/** As people type a title that stands before them. */
export const WAYS = {
  'as it stands': (title: string) => title,
  'in lower case': (title: string) => title.toLowerCase(),
  'in upper case': (title: string) => title.toUpperCase(),
} as const satisfies Readonly<Record<string, (title: string) => string>>

/** Where Slack's text command `help` is the same as a title, the command comes first. */
const SHOWS_USAGE = /^(?:help|HELP|\?)$/

/** Whether the title finds one of the games first, or offers one beside others of its name; undefined for what is no title there. */
export async function finds(
  catalogue: Catalogue,
  platform: Platform,
  typed: string,
  games: ReadonlySet<GameId>,
): Promise<boolean | undefined> {
  if (platform === 'Slack' && SHOWS_USAGE.test(typed.trim())) return undefined
  const game = platform === 'Slack' ? onSlack(typed) : understood({ game: typed }, DISCORD)
  const found = game === undefined ? undefined : await findGame(catalogue, game)
  if (found === undefined) return false
  if (!('kind' in found))
    return [found, ...found.others].some(({ game }) => games.has(game)) && !found.guessed
  return found.kind === 'several-games' && found.games.some((one) => games.has(one.game))
}

const DISCORD = asker({ user: 'discord:1', channel: 'discord:2', place: 'discord:3' })
const SLACK = asker({ user: 'slack:T1.U1', channel: 'slack:T1.C1', place: 'slack:T1' })

/** Slack sends its three signs as entities. */
function onSlack(typed: string): string | undefined {
  const spec = findCommand('similar')
  const text = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return spec === undefined || asksForUsage(text, spec) ? undefined : understood(parseText(text, spec), SLACK)
}

function understood(values: Values, from: Requester): string | undefined {
  const parsed = parseCommand('similar', values, from, syntaxFor(from))
  return parsed.ok && parsed.request.kind === 'similar' ? parsed.request.game : undefined
}
