import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLibraryText, readLibraryFile, readLibraryLines } from '../../../bot/terminal/library-file.ts'

const file = async (text: string | Buffer) => {
  const name = path.join(await mkdtemp(path.join(tmpdir(), 'indiescout-')), 'library.json')
  await writeFile(name, text)
  return name
}

describe('a library file', () => {
  it('reads appid to minutes, ascending', () => {
    expect(parseLibraryText('{"620": 0, "440": 1250}')).toEqual([
      { game: 440, minutes: 1250, name: undefined },
      { game: 620, minutes: 0, name: undefined },
    ])
  })

  it('reads an answer of GetOwnedGames', async () => {
    const answer = await readFile('test/fixtures/steam/getownedgames_v1.json', 'utf8')
    expect(parseLibraryText(answer).map(({ game, name }) => [game, name])).toEqual([
      [220, 'Half-Life 2'],
      [440, 'Team Fortress 2'],
      [620, 'Portal 2'],
    ])
  })

  it.each([
    ['nonsense', 'not JSON'],
    ['[1,2]', 'not a library'],
    ['{"abc": 1}', '"abc" is not an appid'],
    ['{"440": -1}', 'minutes of game 440'],
    ['{"440": "x"}', 'not a library'],
  ])('refuses %s with a sentence', (text, sentence) => {
    expect(() => parseLibraryText(text)).toThrow(sentence)
  })

  it('never fails otherwise than with a sentence, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseLibraryText(text)
        } catch (error) {
          expect((error as Error).message).toMatch(/expected|minutes of game/)
        }
      }),
    )
  })

  it.each([
    ['{"7.65612E+16": 1}'],
    ['{"response": {"games": [{"appid": 1.09172E+06}]}}'],
    ['{"response": {"games": [{"appid": "1,09172E+06"}]}}'],
  ])('refuses the rounded id of %s by name', (text) => {
    expect(() => parseLibraryText(text)).toThrow('rounded')
  })

  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeff{"440": 1}')],
    ['UTF-16 LE', Buffer.from('\ufeff{"440": 1}', 'utf16le')],
    ['UTF-16 BE', Buffer.from('\ufeff{"440": 1}', 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from('{"440": 1}', 'utf16le')],
  ])('reads %s, alone and line by line', async (_, bytes) => {
    const library = [{ game: 440, minutes: 1, name: undefined }]
    expect(await readLibraryFile(await file(bytes))).toEqual(library)
    expect((await readLibraryLines(await file(bytes)).next()).value).toEqual(library)
  })

  it('refuses Windows-1252 by name, alone and line by line', async () => {
    const bytes = Buffer.from('{"response": {"games": [{"appid": 440, "name": "Pok\xe9mon"}]}}', 'latin1')
    await expect(readLibraryFile(await file(bytes))).rejects.toThrow('not UTF-8 (perhaps Windows-1252')
    await expect(readLibraryLines(await file(bytes)).next()).rejects.toThrow(
      'not UTF-8 (perhaps Windows-1252',
    )
  })

  it('keeps no name that lost a letter', () => {
    const games = [
      { appid: 440, name: 'Pok\ufffdmon' },
      { appid: 620, name: 'Portal' },
    ]
    expect(parseLibraryText(JSON.stringify({ response: { games } })).map(({ name }) => name)).toEqual([
      undefined,
      'Portal',
    ])
  })

  it('names the file, and the line of a file of many', async () => {
    await expect(readLibraryFile(await file('oops'))).rejects.toThrow(/library\.json: not JSON/)
    const lines = readLibraryLines(await file('{"440": 1}\n\n{"440"\n'))
    expect((await lines.next()).value).toEqual([{ game: 440, minutes: 1, name: undefined }])
    await expect(lines.next()).rejects.toThrow(/library\.json, line 3: not JSON/)
  })
})
