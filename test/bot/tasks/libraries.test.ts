import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLibraryText, readLibraryFile, readLibraryLines } from '../../../bot/tasks/libraries.ts'

const file = async (text: string) => {
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

  it('names the file, and the line of a file of many', async () => {
    await expect(readLibraryFile(await file('oops'))).rejects.toThrow(/library\.json: not JSON/)
    const lines = readLibraryLines(await file('{"440": 1}\n\n{"440"\n'))
    expect((await lines.next()).value).toEqual([{ game: 440, minutes: 1, name: undefined }])
    await expect(lines.next()).rejects.toThrow(/library\.json, line 3: not JSON/)
  })
})
