export const PAGE = 'docs/scaling.md'

const BEGIN = '<!-- begin: node bench/capacity.ts --write -->\n'
const END = '\n<!-- end -->'

/** What the page says now. */
export function blockOf(page: string): string {
  const from = page.indexOf(BEGIN)
  const to = page.indexOf(END, from)
  if (from < 0 || to < 0) throw new Error(`${PAGE} has no place for the capacity table`)
  return page.slice(from + BEGIN.length, to)
}

export function withBlock(page: string, block: string): string {
  return page.replace(`${BEGIN}${blockOf(page)}${END}`, () => `${BEGIN}${block}${END}`)
}
