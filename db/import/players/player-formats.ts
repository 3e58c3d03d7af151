import { z } from 'zod'
import { type GameId, parseGameId } from '../../../core/ids.ts'
import { MAX_MINUTES } from '../../training/interactions.ts'
import { type CsvRow, readCsv, splitRow } from '../read/csv.ts'
import { type Format, type Item, parsePythonText, readObjects, toItem } from '../read/format.ts'
import { explainGameId, isRoundedId, ROUNDED, unwrapId } from '../read/rounded-ids.ts'

/** One player's copy of one game. */
export type Play = {
  /** The player's name or number in the source. */
  readonly player: string
  /** A number, or a name that the catalogue has yet to match. */
  readonly game: GameId | string
  readonly minutes: number
  /** steam-200k tells of a purchase and of the time played in two rows, which are no duplicates. */
  readonly isPlaytime: boolean
}

export type PlayerFormat = Format<Play> & {
  /** Keeps the players of one source apart from those of another. */
  readonly source: string
  /** Games come by name instead of by number. */
  readonly namesGames: boolean
}

const MAX_PLAYER_KEY = 64

const ucsdLibrary = z.object({
  user_id: z.union([z.string(), z.number()]).nullish(),
  steam_id: z.union([z.string(), z.number()]).nullish(),
  items: z.array(z.unknown()),
})
type UcsdItem = { readonly item_id?: unknown; readonly playtime_forever?: unknown }

const ucsd: PlayerFormat = {
  name: 'the UCSD file users_items',
  source: 'ucsd',
  namesGames: false,
  matches: (line) => /^\{\s*u?'/.test(line) && /'(user_id|items)'\s*:/.test(line),
  read: readObjects(parsePythonText, parseUcsdLibrary),
}

function parseUcsdLibrary(value: unknown, line: number, text: string): Item<Play>[] {
  const parsed = ucsdLibrary.safeParse(value)
  const key = parsed.success ? parsed.data.steam_id || parsed.data.user_id : undefined
  if (!parsed.success || key === undefined || key === null) {
    return [{ kind: 'bad', line, reason: 'not a library of the UCSD file', text }]
  }
  return parsed.data.items.map((item) => parseUcsdItem(String(key), item as UcsdItem | null, line))
}

function parseUcsdItem(player: string, item: UcsdItem | null, line: number): Item<Play> {
  const play = parsePlay(player, item?.item_id, item?.playtime_forever)
  return toItem(play, line, typeof play === 'string' ? JSON.stringify(item) : '')
}

/** `151603712,"The Elder Scrolls V Skyrim",play,273.0,0` */
const steam200k: PlayerFormat = {
  name: 'steam-200k (user id, game name, purchase or play, hours, 0)',
  source: 'steam-200k',
  namesGames: true,
  matches: (line) => /^(purchase|play)$/.test(splitRow(line, ',')?.[2] ?? ''),
  read: (lines) => readRows(lines, parseNamedPlay),
}

function parseNamedPlay(fields: readonly string[]): Play | string {
  const [player = '', name = '', verb = '', hours = ''] = fields
  if (verb !== 'purchase' && verb !== 'play') return 'neither purchase nor play'
  if (name.trim() === '') return 'no game name'
  const isPlaytime = verb === 'play'
  const minutes = isPlaytime ? parseNumber(hours) * 60 : 0
  const fault = explainPlayer(player) ?? explainMinutes(minutes)
  return fault ?? { player: unwrapId(player), game: name, minutes: Math.round(minutes), isPlaytime }
}

const PLAIN_HEADER =
  /^"?(user|player|steam)[\w ]*"?,"?(app|game|item)[\w ]*"?,"?[\w ]*(minutes|playtime)[\w ]*"?$/i

/** Also where a spreadsheet has rounded the ids, so that this can be told. */
const PLAIN_ROW = /^("[^"]{1,99}"|[^,]+),(=?"+)?(\d{1,10}|\d\.\d{1,20}E\+\d{1,3})"*,"?\d+(\.\d+)?"?\s*$/i

const plain: PlayerFormat = {
  name: 'CSV of user,appid,minutes',
  source: 'csv',
  namesGames: false,
  matches: (line) => PLAIN_HEADER.test(line.trim()) || PLAIN_ROW.test(line),
  read: (lines) => readRows(lines, parsePlainPlay),
}

function parsePlainPlay(fields: readonly string[], text: string): Play | string | undefined {
  if (PLAIN_HEADER.test(text.trim())) return undefined
  if (fields.length !== 3) return `${fields.length} columns instead of 3`
  const [player = '', appid = '', minutes = ''] = fields
  return parsePlay(player, unwrapId(appid), parseNumber(minutes))
}

function parsePlay(player: string, appid: unknown, minutes: unknown): Play | string {
  const game = parseGameId(appid)
  if (game === undefined) return explainGameId(appid)
  const fault = explainPlayer(player) ?? explainMinutes(minutes)
  return fault ?? { player: unwrapId(player), game, minutes: Math.round(Number(minutes)), isPlaytime: false }
}

function explainPlayer(player: string): string | undefined {
  const key = unwrapId(player)
  if (key === '') return 'no player'
  if (isRoundedId(key)) return ROUNDED
  return key.length > MAX_PLAYER_KEY || /[\p{Cc}\ufffd]/u.test(key) ? 'not a player id' : undefined
}

function explainMinutes(minutes: unknown): string | undefined {
  const isPossible = typeof minutes === 'number' && minutes >= 0 && minutes <= MAX_MINUTES
  return isPossible ? undefined : 'an impossible playtime'
}

function parseNumber(text: string): number {
  return /^\s*\d{1,12}(\.\d{1,12})?\s*$/.test(text) ? Number(text) : Number.NaN
}

type ParseRow = (fields: readonly string[], text: string) => Play | string | undefined

async function* readRows(
  lines: Parameters<typeof readCsv>[0],
  parse: ParseRow,
): AsyncGenerator<Item<Play>[]> {
  for await (const row of readCsv(lines, ',')) {
    const item = parseRow(row, parse)
    if (item !== undefined) yield [item]
  }
}

function parseRow(row: CsvRow, parse: ParseRow): Item<Play> | undefined {
  const answer = row.fields ? parse(row.fields, row.text) : row.reason
  return answer === undefined ? undefined : toItem(answer, row.line, row.text)
}

export const PLAYER_FORMATS: readonly PlayerFormat[] = [ucsd, steam200k, plain]
