import { readFileSync } from 'node:fs'

/** An SQL text of the scaling page, by the words behind its fence. */
export function sqlOfPage(words: string): string {
  const page = readFileSync('docs/scaling.md', 'utf8')
  const [, sql] = page.split(`\`\`\`sql ${words}\n`)
  if (sql === undefined) throw new Error(`the scaling page has no SQL for ${words}`)
  return sql.slice(0, sql.indexOf('\n```'))
}
