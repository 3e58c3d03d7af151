import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete } from '../../../bot/playground/complete.ts'
import { readTyped } from '../../../bot/playground/typed.ts'
import { COMMANDS } from '../../../core/commands/catalogue.ts'

const ask = async (typed: { values: Readonly<Record<string, string>> }, option: string) => [
  { name: `${option} of ${typed.values[option]}`, value: 'Visual Novel' },
]
const lines = async (line: string, locale: 'en' | 'ko' = 'en') =>
  (await complete(line, locale, ask)).map((proposal) => proposal.line)

describe('what can follow', () => {
  it('offers every command at first, and those that begin so', async () => {
    expect(await lines('')).toHaveLength(COMMANDS.length)
    expect(await lines('/dig')).toContain('/digest subscribe ')
    expect(await lines('/추', 'ko')).toEqual(['/추천 '])
  })

  it('offers options that are not given yet, in the names of the language', async () => {
    const offered = await lines('/recommend genre:Puzzle co')
    expect(offered).toEqual(['/recommend genre:Puzzle count:'])
    expect(await lines('/recommend genre:Puzzle ')).not.toContain('/recommend genre:Puzzle genre:')
    expect(await lines('/추천 최고', 'ko')).toEqual(['/추천 최고_가격:'])
  })

  it('offers what an option takes, quoted where it has to be', async () => {
    expect(await lines('/curate sort:hid')).toEqual(['/curate sort:hidden-gems '])
    expect(await lines('/recommend on_sale:')).toEqual(['/recommend on_sale:yes ', '/recommend on_sale:no '])
    expect(await complete('/curate genre:vis', 'en', ask)).toEqual([
      { label: 'genre of vis', detail: '', line: '/curate genre:"Visual Novel" ' },
    ])
    expect(await lines('/curate genre:"visual n')).toEqual(['/curate genre:"Visual Novel" '])
  })

  it('offers lines that are read as the same command', async () => {
    for (const { name } of COMMANDS) {
      for (const proposal of await complete(`/${name} `, 'en', ask))
        expect(readTyped(`${proposal.line}x`).name).toBe(name)
    }
  })

  it('never fails, whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (line) => {
        await complete(line, 'ko', ask)
        await complete(`/recommend ${line}`, 'en', ask)
      }),
    )
  })
})
