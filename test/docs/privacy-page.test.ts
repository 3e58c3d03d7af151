import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { RETENTION_DAYS } from '../../core/players/retention.ts'

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../docs/privacy.md'), 'utf8')

/** How the page's table begins the row of each. */
const ROWS: { readonly [What in keyof typeof RETENTION_DAYS]: string } = {
  snapshot: 'a library from Steam',
  agreedSnapshot: 'the library of somebody who verified',
  answer: 'answers:',
  delivery: 'the games a digest showed',
  candidates: "the week's games",
  command: 'one entry for each command',
  feedback: 'each of those button presses',
  unprovenLink: 'the Steam account you linked but',
  visitor: 'visitors of the playground',
}

it.each(Object.entries(ROWS))('the page says for how many days is kept: %s', (what, begins) => {
  const rows = PAGE.split('\n').filter((line) => line.startsWith(`| ${begins}`))
  expect(rows).toHaveLength(1)
  const until = rows[0]?.split('|').at(-2)
  expect(until).toMatch(new RegExp(`\\b${RETENTION_DAYS[what as keyof typeof RETENTION_DAYS]} days\\b`))
})
