import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { renderTerminal } from '../../../bot/terminal/render.ts'
import { note } from '../../../core/cards/cards.ts'
import { gameCard } from '../../../core/cards/game-card.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { game } from '../../support/builders/games.ts'

describe('the terminal', () => {
  it('shows a card with its facts and its reason', () => {
    const card = {
      ...gameCard(game(), undefined, stringsIn('en')),
      reason: 'Because you own Mining Sim (80%)',
      mark: 'Yours',
    }
    const reply = { ...note('answer', ''), blocks: [{ kind: 'game', card } as const] }
    expect(stripVTControlCharacters(renderTerminal(reply))).toBe(
      [
        'Deep Rock Diner  https://store.steampowered.com/app/620',
        '   Yours',
        '   Cook underground.',
        '   Price: $9.99 (−50%, was $19.99)',
        '   Reviews: Very positive (93% of 1,234 reviews)',
        '   Released: Mar 5, 2021',
        '   Developer: Pickaxe Kitchen',
        '   Tags: Cooking, Mining',
        '   → Because you own Mining Sim (80%)',
        '',
      ].join('\n'),
    )
  })

  it('lets no escape sequence of a stranger through', () => {
    const shown = renderTerminal(note('answer', 'a\u001b[2Jb\u0007c\nd\u009b31m'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
    expect(shown.trimEnd()).not.toMatch(/[\u0000-\u001f\u0080-\u009f]/)
  })
})
