import { type FormatterFor, PLAIN } from '../../core/commands/formatter.ts'
import { asTyped } from '../../core/strings/typed.ts'
import type { Context } from '../context/parts.ts'
import type { PlatformModule } from '../context/platform-module.ts'
import { discord } from '../discord/platform.ts'
import type { WriteMessage } from '../jobs/refresh/open.ts'
import { openPlayground, type PlaygroundNeeds } from '../playground/open.ts'
import { mountPlayground } from '../playground/routes.ts'
import { slack } from '../slack/platform.ts'
import type { Mount } from './http.ts'

/** The platforms that this program has. No other file names one: whoever deletes its folder deletes its lines here. */
export const PLATFORMS: readonly PlatformModule[] = [slack, discord]

/** Commands as the reader types them, marked so that a platform shows them to be copied. */
export const formatterFor: FormatterFor = ({ user, locale }) => {
  const platform = PLATFORMS.find(({ key }) => user.startsWith(`${key}:`))
  return platform ? asTyped(platform.formatter(locale)) : PLAIN
}

/** Writes what operators are told as the webhook's platform takes it. */
export const operatorMessage: WriteMessage = async (key, report) => {
  const platform = PLATFORMS.find((one) => one.key === key)
  if (!platform) throw new Error(`OPS_WEBHOOK_URL: this program has no ${key}`)
  return platform.operatorMessage(report)
}

/** The page where people try the platforms; undefined where it is off. */
export async function openPage(
  context: Context,
  needs: Omit<PlaygroundNeeds, 'sides' | 'formatter'>,
): Promise<Mount | undefined> {
  const sides = async () =>
    Object.fromEntries(await Promise.all(PLATFORMS.map(async (one) => [one.key, await one.playgroundSide()])))
  const playground = await openPlayground(context, { ...needs, sides, formatter: discord.formatter })
  return playground && ((server) => mountPlayground(server, playground))
}
