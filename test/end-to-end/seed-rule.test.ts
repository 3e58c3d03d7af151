import { afterAll, beforeAll, expect, it } from 'vitest'
import { importGames } from '../../db/import/games/games.ts'
import { file, kaggleRow, kaggleTable } from '../support/builders/import-files.ts'
import { type DiscordServer, startDiscordServer } from '../support/discord/server.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { type Program, startProgram } from '../support/program.ts'
import { type SlackServer, startSlackServer } from '../support/slack/server.ts'

/**
 * The rule by which this project's forerunner chose games: type game, Indie, at least 90 % positive of at least 100
 * reviews, no Nudity or Sexual tags, Korean supported. Anybody can ask for it.
 */

const ON_DISCORD = {
  ...{ genre: 'Indie', exclude: 'Nudity, Sexual Content', language: 'Korean' },
  ...{ min_reviews: 100, min_positive: 90, count: 20 },
}
const ON_SLACK =
  'Indie exclude:"Nudity, Sexual Content" language:Korean min_reviews:100 min_positive:90 count:20'

const FITS = {
  ...{ Type: 'game', Genre: 'Indie, Puzzle', Tags: 'Puzzle: 12, Cozy: 3', Languages: 'English, Korean' },
  ...{ 'Positive Reviews': '90', 'Negative Reviews': '10' },
}

/** Each breaks one part of the rule alone, or none. */
const VARIANTS: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'Positive Reviews': '100', 'Negative Reviews': '0' },
  { 'Positive Reviews': '900', 'Negative Reviews': '100' },
  { Languages: 'Korean' },
  { Languages: 'Japanese, Korean, Thai' },
  { Tags: 'Indie: 3, Roguelike: 9' },
  { Genre: 'Indie' },
  { Type: 'dlc' },
  { Type: 'demo' },
  { Genre: 'Puzzle', Tags: 'Indie: 9' },
  { 'Positive Reviews': '89', 'Negative Reviews': '11' },
  { 'Positive Reviews': '8999', 'Negative Reviews': '1001' },
  { 'Positive Reviews': '99', 'Negative Reviews': '0' },
  { Tags: 'Nudity: 1, Puzzle: 99' },
  { Tags: 'Puzzle: 99, Sexual Content: 1' },
  { Languages: 'English' },
  { Languages: '' },
]
const ROWS = VARIANTS.map((variant, at): Readonly<Record<string, string>> => {
  return { ...FITS, ...variant, 'App ID': String(4_000_000 + at), Name: `Trial ${at}` }
})

/** By what the file says, without our own code. */
const expected = ROWS.filter((row) => {
  const [positive, negative] = [Number(row['Positive Reviews']), Number(row['Negative Reviews'])]
  return (
    row.Type === 'game' &&
    row.Genre?.includes('Indie') &&
    positive + negative >= 100 &&
    positive / (positive + negative) >= 0.9 &&
    !/Nudity|Sexual/.test(row.Tags ?? '') &&
    row.Languages?.includes('Korean')
  )
}).map((row) => Number(row['App ID']))

let discord: DiscordServer
let slack: SlackServer
let program: Program
let database: Awaited<ReturnType<typeof testDatabaseAt>>

beforeAll(async () => {
  database = await testDatabaseAt()
  discord = await startDiscordServer()
  slack = await startSlackServer({ mode: 'socket' })
  program = await startProgram({
    DATABASE_URL: database.url,
    INFERENCE_URL: 'http://127.0.0.1:9',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.options.botToken,
    SLACK_APP_TOKEN: slack.options.mode.kind === 'socket' ? slack.options.mode.appToken : '',
    SLACK_API_URL: slack.options.apiUrl,
  })
})

afterAll(async () => {
  await program.stop()
  await discord.stop()
  await slack.close()
})

const appids = (shown: unknown) =>
  [...new Set([...JSON.stringify(shown).matchAll(/\/app\/(\d+)/g)].map((found) => Number(found[1])))].sort()

it('leaves nothing of the sample, of whose games nobody knows how many reviews they have', async () => {
  const shown = await discord.command('curate', ON_DISCORD)
  expect(shown.message?.embeds).toEqual([])
  expect(shown.message?.content).toMatch(
    /No indie game matches.*at least 100 reviews, and at least 90% positive.*I’d find \d+ games/,
  )
})

it('gives exactly its games, page by page on both platforms, once there are some', async () => {
  await importGames(database.db, [await file(kaggleTable(...ROWS.map(kaggleRow)))])
  expect(expected).toHaveLength(7)
  const first = await discord.command('curate', ON_DISCORD)
  const firstPage = appids(first.message)
  const second = await discord.press(first, 'Next ▶')
  expect(firstPage).toHaveLength(5)
  expect([...firstPage, ...appids(second.message)].sort()).toEqual(expected)
  const { ephemeral } = await slack.command('/curate', ON_SLACK)
  if (!ephemeral) throw new Error('nothing was shown')
  const next = await slack.press(ephemeral, 'Next ▶')
  expect([...appids(ephemeral.blocks), ...appids(next.ephemeral?.blocks)].sort()).toEqual(expected)
})
