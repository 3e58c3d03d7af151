import { describe, expect, it } from 'vitest'
import { importSources, parseImportKind, renderSummary } from '../../../bot/tasks/import-sources.ts'
import { file, kaggleRow, kaggleTable } from '../../support/builders/import-files.ts'
import { dailyCsv } from '../../support/builders/rate-files.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()

async function run(kind: string, ...sources: string[]): Promise<string> {
  let printed = ''
  const print = (text: string) => {
    printed += text
  }
  await importSources({ db, kind: parseImportKind(kind), sources, print })
  return printed
}

describe('npm run import', () => {
  it('imports and says what came of it, with the file and line of what it left out', async () => {
    const braid = kaggleRow({ Name: 'Braid' })
    const printed = await run('games', await file(kaggleTable(braid, 'a;b', braid), 'games.csv'))
    expect(printed.replace(/\d+\.\d s/, '0.0 s').split('\n')).toEqual([
      'games.csv (the Kaggle table of Steam games (22 columns with ;)): 1 games: 1 new, 0 changed, 0 as they were',
      '  repeated rows merged: 1',
      '  bad lines left out: 1',
      '    games.csv:3: 2 columns instead of 22: a;b',
      'Imported in 0.0 s.',
      '',
    ])
    expect(await db.selectFrom('warehouse.game').select('name').execute()).toEqual([{ name: 'Braid' }])
  })

  it('says of which day the rates are', async () => {
    const printed = await run('rates', await file(dailyCsv('23 November 2026', { USD: '1.0823' }), 'fx.csv'))
    expect(printed.split('\n').slice(0, 2)).toEqual([
      "fx.csv (the CSV of the European Central Bank's reference rates): 1 currencies: 1 new, 0 changed, 0 as they were",
      '  rates of 2026-11-23',
    ])
  })

  it('refuses a kind that it does not know', () => {
    expect(() => parseImportKind('toString')).toThrow(
      'cannot import toString: choose games, players, blocklist or rates',
    )
  })

  it('ends with one sentence where a file is broken', async () => {
    await expect(run('players', await file(''))).rejects.toThrow('data is empty.')
  })

  it('prints nothing of a file that could steer a terminal', async () => {
    const path = await file(kaggleTable(kaggleRow({ Name: 'Fine' }), '\u001b[2Jx;y'))
    expect(await run('games', path)).not.toContain('\u001b')
  })
})

it('the summary of an import says that there are more bad lines than it shows', () => {
  const badLines = Array.from({ length: 10 }, (_, at) => ({ line: at + 1, reason: 'bad', excerpt: 'x' }))
  const counts = { rows: 5, added: 1, changed: 2, duplicates: 0, bad: 11, notes: ['a note'] }
  const text = renderSummary({ name: 'f', format: 'a list', badLines, ...counts }, 'games')
  expect(text.split('\n').slice(0, 4)).toEqual([
    'f (a list): 5 games: 1 new, 2 changed, 2 as they were',
    '  a note',
    '  bad lines left out: 11; the first:',
    '    f:1: bad: x',
  ])
})
