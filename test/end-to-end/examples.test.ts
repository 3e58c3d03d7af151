import { beforeAll, describe, expect, it } from 'vitest'
import { renderDiscord } from '../../bot/discord/render/render.ts'
import { unwrapped } from '../../bot/platform/command-line.ts'
import { parseText } from '../../bot/slack/receive/parse.ts'
import { renderSlack } from '../../bot/slack/render/render.ts'
import { usage } from '../../bot/slack/render/usage.ts'
import { createApp } from '../../core/app.ts'
import { createExamples } from '../../core/catalogue/examples.ts'
import { AS_STATED } from '../../core/catalogue/prices.ts'
import type { CommandRequest, Requester } from '../../core/command-request.ts'
import { COMMANDS, findCommand } from '../../core/commands/catalogue.ts'
import type { OptionSpec } from '../../core/commands/spec.ts'
import { LOCALES } from '../../core/locale.ts'
import { parseCommand, type Values } from '../../core/parsing/parse.ts'
import type { Reply } from '../../core/reply.ts'
import { exampleOf } from '../../core/strings/example.ts'
import { commandNameIn, optionNameIn } from '../../core/strings/names.ts'
import { Unavailable } from '../../core/unavailable.ts'
import { createCatalogue } from '../../db/catalogue/catalogue.ts'
import { importGames } from '../../db/import/games/games.ts'
import { refreshCatalogue } from '../../db/import/refresh.ts'
import { syntaxFor } from '../support/builders/platforms.ts'
import { asker } from '../support/builders/requesters.ts'
import { memoryPorts, memoryScorer } from '../support/fakes/ports.ts'
import { testDatabase } from '../support/postgres/database.ts'

/** Every example that an answer, an error or the help shows, typed back on the shipped sample. */
const db = await testDatabase()
const catalogue = createCatalogue(db)
const scorer = { ...memoryScorer(), away: new Unavailable('model') }
const examples = createExamples({ catalogue, hasSteam: false, now: () => new Date() })
const app = createApp(memoryPorts({ catalogue, scorer, examples }))

beforeAll(async () => {
  await importGames(db, ['db/sample/free_games.jsonl.gz'], { source: 'sample' })
  await refreshCatalogue(db)
})

const PLACES = LOCALES.flatMap((locale) => [
  {
    where: 'Slack',
    locale,
    who: { ...asker({ user: 'slack:T1.U1', channel: 'slack:T1.C1', place: 'slack:T1' }), locale },
  },
  { where: 'Discord', locale, who: { ...asker(), locale } },
])

/** What the platform shows as code, as a person copies it. */
function typedIn(reply: Reply, where: string): string[] {
  const shown = JSON.stringify(where === 'Slack' ? renderSlack(reply).blocks : renderDiscord(reply))
  expect(shown).not.toMatch(/[\uE000\uE001]/u)
  if (where === 'Slack') expect(shown.replaceAll('`', '')).not.toMatch(/\/\S+ [^`]*꞉/u)
  return [...new Set([...shown.matchAll(/`(\/[^`]+)`/g)].map(([, typed = '']) => typed))]
}

/** As the platform would hand it over. */
function read(typed: string, who: Requester & { locale: 'en' | 'ko' }): CommandRequest {
  const { name, values } = who.user.startsWith('slack:')
    ? slackValues(typed)
    : discordValues(typed, who.locale)
  const parsed = parseCommand(name, values, who, syntaxFor(who))
  if (!parsed.ok) throw new Error(`${typed}: ${JSON.stringify(parsed.problem)}`)
  return parsed.request
}

function slackValues(typed: string) {
  const [, command = '', text = ''] = /^\/(\S+) ?(.*)$/.exec(typed) ?? []
  const { name, text: rest } = unwrapped({ name: command, text })
  const spec = findCommand(name)
  return { name, values: spec ? parseText(rest, spec) : {} }
}

function discordValues(typed: string, locale: 'en' | 'ko') {
  const spec = COMMANDS.toSorted((a, b) => b.name.length - a.name.length).find(({ name }) =>
    `${typed} `.startsWith(`/${commandNameIn(locale, name)} `),
  )
  if (!spec) throw new Error(`no command: ${typed}`)
  const options: readonly OptionSpec[] = spec.options
  const names = options.map(({ name }) => [optionNameIn(locale, name as never), name] as const)
  const rest = typed.slice(1 + commandNameIn(locale, spec.name).length)
  const at = names
    .map(([shown, name]) => ({ name, shown, from: rest.indexOf(` ${shown}:`) }))
    .filter(({ from }) => from >= 0)
    .toSorted((a, b) => a.from - b.from)
  const values: Values = Object.fromEntries(
    at.map(({ name, shown, from }, place) => [
      name,
      rest.slice(from + shown.length + 2, at[place + 1]?.from),
    ]),
  )
  return { name: spec.name, values }
}

const SEARCHES = ['recommend', 'curate', 'similar']

async function expectWorks(typed: string, who: Requester & { locale: 'en' | 'ko' }): Promise<void> {
  const request = read(typed, who)
  if (!SEARCHES.includes(request.kind)) return
  const reply = await app.handle(request)
  expect(
    reply.blocks.some(({ kind }) => kind === 'game'),
    `${typed}: ${reply.summary}`,
  ).toBe(true)
}

describe.each(PLACES)('on $where in $locale', ({ where, who }) => {
  it('the help shows only what works', async () => {
    const typed = typedIn(await app.handle({ ...who, kind: 'help' }), where)
    expect(typed.length).toBeGreaterThanOrEqual(4)
    for (const line of typed) await expectWorks(line, who)
  })

  it.each(COMMANDS.map((spec) => [spec.name, spec] as const))(
    '%s: an example fits its error',
    async (name, spec) => {
      const strings = await app.strings(who)
      if (where === 'Slack')
        for (const line of typedIn(usage(spec, strings), where)) await expectWorks(line, who)
      const typing = { command: strings.command, examples: await examples(), prices: AS_STATED }
      const options: readonly OptionSpec[] = spec.options
      for (const option of options) {
        const shown = exampleOf({ command: name, option: option.name }, typing)
        const problem = {
          kind: 'no-such-choice',
          option: option.name,
          choices: [],
          example: { command: name, option: option.name },
        } as const
        const lines = typedIn(await app.handle({ ...who, kind: 'unclear', problem }), where)
        expect(lines.length).toBe(shown === undefined ? 0 : 1)
        for (const line of lines) await expectWorks(line, who)
      }
    },
  )

  it.each(['76561197960287930', 'not an id!', 'https://steamcommunity.com/id/gabelogannewell'])(
    'who gives %j learns that there is no Steam key, and what works',
    async (typed) => {
      const problem = { kind: 'bad-steam-id', asked: typed } as const
      const reply = await app.handle({ ...who, kind: 'unclear', problem })
      expect(reply.summary).toMatch(/no Steam key yet|Steam 키가 없/)
      const lines = typedIn(reply, where)
      expect(lines.length).toBe(1)
      for (const line of lines) await expectWorks(line, who)
    },
  )
})

it('a free game costs nothing, and a limit of 0 finds it', async () => {
  const request = read('/curate Puzzle max_price:0', PLACES[0]?.who as never)
  const reply = await app.handle(request)
  const prices = reply.blocks.flatMap((block) => (block.kind === 'game' ? [block.card.facts[0]?.value] : []))
  expect(new Set(prices)).toEqual(new Set(['Free']))
})

it('shows a time of day that can be typed back on Slack', async () => {
  const [{ who }] = PLACES as [(typeof PLACES)[number]]
  const strings = await app.strings(who)
  const [typed] = typedIn(
    usage(COMMANDS.find(({ name }) => name === 'digest subscribe') as never, strings),
    'Slack',
  )
  expect(typed).toContain('time:18:00')
})
