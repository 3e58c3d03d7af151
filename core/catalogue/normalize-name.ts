/** Letters and digits alone, in lower case and without accents: how somebody types a name who does not look it up. */
export function normalizeName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
