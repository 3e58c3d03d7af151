import type { AppPorts } from '../../core/app.ts'
import type { Examples } from '../../core/catalogue/examples.ts'
import { AS_STATED } from '../../core/catalogue/prices.ts'
import type { ExampleWanted } from '../../core/commands/example.ts'
import type { CommandFormatter } from '../../core/commands/formatter.ts'
import type { Locale } from '../../core/locale.ts'
import { exampleOf } from '../../core/strings/example.ts'
import { createJournal } from '../../db/people/journal.ts'
import type { Db } from '../../db/postgres/connect.ts'
import type { ModelScorer } from '../../inference/client/client.ts'
import { readEvaluation } from '../context/evaluation-file.ts'
import type { Context } from '../context/parts.ts'
import { countGames } from '../doctor/data.ts'
import type { Health } from '../platform/health.ts'
import type { CoolDown } from '../platform/rate-limit.ts'
import { accessOf } from './access.ts'
import type { Playground } from './routes.ts'
import { createSamplePlayers } from './sample-players.ts'
import { stateOfParts } from './state.ts'

export type PlaygroundNeeds = {
  readonly db: Db
  readonly ports: AppPorts & { readonly scorer: ModelScorer }
  readonly coolDown: CoolDown
  readonly health: Health
  readonly sides: () => Promise<Playground['sides']>
  /** How the examples are written. */
  readonly formatter: (locale: Locale) => CommandFormatter
}

/** The page where people try it; undefined where strangers could reach it and no token is set. */
export async function openPlayground(
  { config, log }: Context,
  needs: PlaygroundNeeds,
): Promise<Playground | undefined> {
  const { db, ports, coolDown, health, formatter } = needs
  const access = accessOf(config.http)
  if (access.kind === 'off') {
    log('warn', `the playground is off: ${access.why}, so others could reach it; set PLAYGROUND_TOKEN`)
    return undefined
  }
  const samplePlayers = createSamplePlayers({ modelDir: config.modelDir, catalogue: ports.catalogue })
  return {
    ...{ access, samplePlayers },
    door: { ports, coolDown, log, journal: createJournal(db) },
    sides: await needs.sides(),
    page: async (locale) => {
      // Where the database is away, the page has to say so.
      const { real } = await countGames(db).catch(() => ({ real: 1 }))
      return {
        parts: await stateOfParts({ db, config, health, providers: ports.scorer.providers }, locale),
        evaluation: await readEvaluation(config.dataDir),
        isSample: real === 0,
        examples: examplesIn(formatter(locale), await ports.examples()),
      }
    },
  }
}

function examplesIn(command: CommandFormatter, examples: Examples): readonly string[] {
  const typing = { command, examples, prices: AS_STATED }
  return PLAYED.map((wanted) => exampleOf(wanted, typing)).filter((line) => line !== undefined)
}

/** What can be tried without an account of Steam's, in this order. */
const PLAYED: readonly ExampleWanted[] = [
  { command: 'recommend', option: 'like' },
  { command: 'recommend' },
  { command: 'curate' },
  { command: 'similar' },
  { command: 'recommend', option: 'discovery' },
  { command: 'digest subscribe' },
  { command: 'digest list' },
  { command: 'settings' },
  { command: 'help' },
]
