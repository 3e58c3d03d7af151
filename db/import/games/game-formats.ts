import { readCsv } from '../read/csv.ts'
import { type Format, parsePythonText, readObjects, toItem } from '../read/format.ts'
import { parseFreeGame } from './free-games.ts'
import type { GameFacts } from './game-facts.ts'
import { KAGGLE_HEADER, parseKaggleGame } from './kaggle-games.ts'
import { parseUcsdGame } from './ucsd-games.ts'

export type GameFormat = Format<GameFacts> & {
  /** Written beside every fact that comes from such a file. */
  readonly source: string
}

const kaggle: GameFormat = {
  name: 'the Kaggle table of Steam games (22 columns with ;)',
  source: 'kaggle',
  matches: (line) => line.replaceAll('"', '').trimEnd() === KAGGLE_HEADER,
  async *read(lines) {
    let isHeader = true
    for await (const row of readCsv(lines, ';')) {
      if (!isHeader) yield [toItem(row.fields ? parseKaggleGame(row.fields) : row.reason, row.line, row.text)]
      isHeader = false
    }
  },
}

const ucsd: GameFormat = {
  name: 'the UCSD file steam_games',
  source: 'ucsd',
  matches: (line) =>
    /^\{\s*u?'/.test(line) && /'(app_name|title|url)'\s*:/.test(line) && !/'items'\s*:/.test(line),
  read: readObjects(parsePythonText, (value, line, text) => [toItem(parseUcsdGame(value), line, text)]),
}

const freeList: GameFormat = {
  name: 'JSON lines of the free-steam-games-list',
  source: 'free-steam-games-list',
  matches: (line) => /^\{\s*"/.test(line) && /"link"\s*:/.test(line),
  read: readObjects(JSON.parse, (value, line, text) => [toItem(parseFreeGame(value), line, text)]),
}

export const GAME_FORMATS: readonly GameFormat[] = [kaggle, ucsd, freeList]
