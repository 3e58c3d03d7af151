const MAX_INT32 = 2 ** 31 - 1

/** What is wrong with an appid. */
export function appidFault(column: 'i' | 'j', appid: number): string | undefined {
  if (Number.isInteger(appid) && appid > 0 && appid <= MAX_INT32) return undefined
  return `${told(appid)} for ${column}, which must be an appid`
}

/** What is wrong with a number of players. */
export function countFault(i: number, j: number, count: number): string | undefined {
  if (Number.isInteger(count) && count >= 0 && count <= MAX_INT32) return undefined
  return `the pair ${i}, ${j} has ${told(count)} for count, which must be a whole number of players`
}

export function weightFault(i: number, j: number, weight: number): string | undefined {
  if (weight >= 0 && Number.isFinite(weight)) return undefined
  return `the pair ${i}, ${j} has ${told(weight)} for weight, which must be 0 or more`
}

function told(value: number): string {
  return Number.isNaN(value) ? 'no number' : String(value)
}
