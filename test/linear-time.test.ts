import { describe, expect, it } from 'vitest'
import { unwrapped } from '../bot/platform/command-line.ts'
import { clip, visible } from '../bot/platform/outbound-text.ts'
import { readTyped } from '../bot/playground/typed.ts'
import { parseText } from '../bot/slack/receive/parse.ts'
import { parseLibraryText } from '../bot/terminal/library-file.ts'
import { decodeAction } from '../core/action.ts'
import { findLanguage } from '../core/catalogue/languages.ts'
import { normalizeName } from '../core/catalogue/normalize-name.ts'
import { findCommand } from '../core/commands/catalogue.ts'
import { parseTime, parseTimezone } from '../core/digest/schedule.ts'
import { timezonesLike } from '../core/digest/timezones.ts'
import { parseLocale } from '../core/locale.ts'
import { unmarked } from '../core/marks.ts'
import { parseCommand } from '../core/parsing/parse.ts'
import { readChannels } from '../core/parsing/read-channels.ts'
import { parseSteamTarget } from '../core/players/steam-id.ts'
import { parseVisitor } from '../core/players/visitor.ts'
import { classify } from '../db/import/games/classify.ts'
import {
  cleanList,
  cleanText,
  cleanUrl,
  splitCompanies,
  splitLanguages,
} from '../db/import/games/clean-text.ts'
import { parseFreeGame } from '../db/import/games/free-games.ts'
import { parseCount } from '../db/import/games/game-facts.ts'
import { GAME_FORMATS } from '../db/import/games/game-formats.ts'
import { KAGGLE_HEADER, parseKaggleGame } from '../db/import/games/kaggle-games.ts'
import { parseRelease } from '../db/import/games/release-date.ts'
import { parseUcsdGame } from '../db/import/games/ucsd-games.ts'
import { PLAYER_FORMATS } from '../db/import/players/player-formats.ts'
import { RATE_FORMATS } from '../db/import/rates/rate-formats.ts'
import { readCsv, splitRow } from '../db/import/read/csv.ts'
import { readLines } from '../db/import/read/lines.ts'
import { parsePythonLiteral } from '../db/import/read/python-literal.ts'
import { readAddress } from '../db/postgres/address.ts'
import { storableText } from '../db/postgres/storable-text.ts'
import { syntaxFor } from './support/builders/platforms.ts'
import { asker } from './support/builders/requesters.ts'

const MB = 1_000_000

/** From each to the next, four times as much: linear reading takes four times as long, quadratic sixteen times. */
const SIZES = [MB / 64, MB / 16, MB / 4, MB]
const TOO_MUCH_MORE = 9

/** Below this the clock, the compiler and the collector tell more than the text does. */
const NOISE_MS = 100

type Hostile = (size: number) => string

const many =
  (piece: string): Hostile =>
  (size) =>
    piece.repeat(Math.ceil(size / piece.length))

/** Begins as it should, goes on with one piece, and then ends otherwise. */
const begun =
  (head: string, piece: string, tail = 'x'): Hostile =>
  (size) =>
    head + many(piece)(size) + tail

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

const linesOf = (text: string) =>
  readLines(
    (async function* () {
      yield Buffer.from(text)
    })(),
  )

const slack = asker({ user: 'slack:T1.U1' })
const discord = asker()
const labels = { type: undefined, genres: [], categories: [], tags: [], requiredAge: undefined }
const recommend = findCommand('recommend')
const settings = findCommand('settings')
if (!recommend || !settings) throw new Error('two of the commands are gone')

const spaces = begun('a', ' ')

type Parser = readonly [name: string, parse: (text: string) => unknown, ...hostile: Hostile[]]

const PARSERS: readonly Parser[] = [
  ['text of a source', (text) => cleanText(text, 300), begun('a', ' ', 'ä'), many('&amp;'), many('&#')],
  ['list of a source', (text) => cleanList(text.split(',')), many(','), spaces],
  ['address of a source', (text) => cleanUrl(text, ['https:']), begun('https://a/', '%'), spaces],
  ['companies', splitCompanies, begun('a, ', ' '), many(', Inc ')],
  ['languages', splitLanguages, many('<'), many('<b>'), many('<br')],
  [
    'kind of game',
    (text) => classify({ ...labels, name: text }),
    ...[spaces, many('original '), begun('a: comics', ' '), begun('a: comics', '1'), begun('wallpaper', '!')],
    ...[begun('a (', ' '), many('beta '), begun('a OST', '!'), many('a soundtrack ')],
    many('demo ( trial - beta & prologue '),
  ],
  ['row of a CSV', (text) => splitRow(text, ','), begun('"', '""', ''), many('"a,')],
  [
    'rows of a CSV',
    (text) => drain(readCsv(linesOf(text), ',')),
    many('"\n'),
    begun('', `"${'""'.repeat(2_000)}\n`),
  ],
  ['Python literal', parsePythonLiteral, begun('[', '1,'), many("{'a':"), begun("'", '\\'), begun('1', ' ')],
  ['count', parseCount, begun('1', ' '), many('1')],
  ['release date', parseRelease, begun('Q1', ' '), many('1.')],
  [
    'row of the Kaggle table',
    (text) => parseKaggleGame(KAGGLE_HEADER.split(';').map((_, at) => (at === 0 ? '10' : text))),
    ...[begun('a: 1', ' '), many(': 1 '), many('<')],
  ],
  [
    'game of the free list',
    (text) => parseFreeGame({ name: text, link: `/app/1${text}`, reviews: text, current_players: text }),
    ...[spaces, many('original ')],
  ],
  [
    'game of UCSD',
    (text) => parseUcsdGame({ app_name: text, id: '1', url: text, price: text, developer: text }),
    ...[spaces, many('/app/')],
  ],
  ['storable text', storableText, many('\ud800'), many('\0')],
  ['text in sight', visible, many('e\u0301'), many('\u{1F600}\u200d'), spaces],
  ['clipped text', (text) => clip(text, 100), many('e\u0301'), many('\u200d')],
  ['library by hand', parseLibraryText, begun('{', ' '), begun('{"1":', '1')],
  ['typed line', readTyped, many('한:'), spaces, begun('/recommend ', 'count:5 a ')],
  ['wrapped command', (text) => unwrapped({ name: 'indiescout', text }), spaces, many('/')],
  ['Steam ID', parseSteamTarget, begun('STEAM_0:1:', '1'), many('https://')],
  ['locale', parseLocale, many('en-'), many('a')],
  [
    'mention',
    (text) => [slack, discord].map(syntaxFor).map(({ member, channel }) => [member(text), channel(text)]),
    ...[begun('<@U1|', 'a'), begun('<#C1|', '|'), many('<@1')],
  ],
  [
    'call of a digest',
    (text) => [slack, discord].map(syntaxFor).map(({ audience }) => audience(text)),
    ...[begun('<!here|', 'a'), spaces],
  ],
  [
    'time',
    (text) => [parseTime(text), parseTimezone(text), timezonesLike(text, 3)],
    begun('1', ' '),
    many('/'),
  ],
  ['language', findLanguage, many('Ä'), spaces],
  ['name', normalizeName, many('Ä'), many('e\u0301')],
  ['marks round a text', unmarked, begun('', '> '), begun('**__', '**__'), begun('[', '['), many('"')],
  [
    'address of the database',
    readAddress,
    ...['@', '/', '?a=', '&', '%', ':@h/', '#'].map((piece) => begun('postgres://', piece)),
  ],
  ['button', decodeAction, many(':'), many('1')],
  ['visitor', parseVisitor, many('a'), many('.')],
  [
    'channels',
    (text) =>
      readChannels(text, { requester: slack, syntax: syntaxFor(slack), example: { command: 'settings' } }),
    ...[many('<#C1>'), begun('<#C1|', 'a'), many(', ')],
  ],
  [
    'options as Slack sends them',
    (text) => [parseText(text, recommend), parseText(text, settings)],
    ...[many('a '), many('count:5 a '), many('genre:"'), many('<https://a|b '), many('"a"'), spaces],
    ...[many('a:'), many('"'), many('“ '), many('<https:'), many('a_'), many('genre: ')],
  ],
  [
    'options as Discord sends them',
    (text) =>
      ['genre', 'max_price', 'platform'].map((option) =>
        parseCommand('recommend', { [option]: text }, discord, syntaxFor(discord)),
      ),
    ...[spaces, begun('', '> ')],
  ],
  [
    'detection of a format',
    (text) =>
      [...GAME_FORMATS, ...PLAYER_FORMATS, ...RATE_FORMATS].map((format) => format.matches(text, text)),
    ...[begun('Date,USD', ' '), begun("{'items'", ' '), begun('{', ' '), begun('a,1,1', '1')],
  ],
  [
    'rates',
    (text) => Promise.all(RATE_FORMATS.map((format) => drain(format.read(linesOf(text))))),
    ...[many('<Cube '), begun('<Cube  time', ' ', '>'), begun('Date', ', ')],
  ],
]

/** Of this process: other programs on the machine don't count. */
async function cpuMs(parse: (text: string) => unknown, text: string): Promise<number> {
  const before = process.cpuUsage()
  try {
    await parse(text)
  } catch (error) {
    // Refusing is fine, running out of the stack is not.
    if (error instanceof TypeError || error instanceof RangeError) throw error
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

async function isLinear(parse: (text: string) => unknown, hostile: Hostile): Promise<boolean> {
  let last = Number.POSITIVE_INFINITY
  for (const size of SIZES) {
    const text = hostile(size)
    const limit = Math.max(NOISE_MS, last * TOO_MUCH_MORE)
    let took = await cpuMs(parse, text)
    for (let again = 0; again < 8 && took > limit; again++) took = Math.min(took, await cpuMs(parse, text))
    if (took > limit) return false
    last = took
  }
  return true
}

const CASES = PARSERS.map(([name, parse, ...hostile]) => ({ name, parse, hostile }))

describe.each(CASES)('$name', ({ parse, hostile }) => {
  it('is read in a time that grows with its length alone, up to 1 MB', async () => {
    const slow: string[] = []
    for (const one of hostile) if (!(await isLinear(parse, one))) slow.push(one(30))
    expect(slow).toEqual([])
  })
})
