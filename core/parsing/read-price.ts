/** A price as somebody typed it. `sign`: the currency's code or sign, where one was typed. */
export type TypedPrice = { readonly amount: number; readonly sign: string | undefined }

const CODE = /^[a-z]{3}$/i
const SIGN =
  /^(?:(?:US|C|CA|CDN|A|AU|NZ|S|HK|NT|MX|R)?\$|[€£¥₩₽₹₺₴₫฿₱₪]|zł|원|엔|유로|달러|dollars?|euros?|bucks)$/iu

/** What people write before or behind the most that they would pay. */
const AT_MOST =
  /^(?:<=?|≤|(?:under|below|less than|up to|at most|max\.?|bis|unter|hasta|menos de|moins de)(?!\p{L}))\s*|\s*(?:이하|미만|까지|以下|まで)$/giu
const FREE = /^(?:free|gratis|gratuit|kostenlos|umsonst|무료|공짜|無料|免费)$/iu

/** "€9,99", "$10", "10 USD", "1.000,50", "under 5", "free": undefined for what is none. */
export function readPrice(typed: string): TypedPrice | undefined {
  if (FREE.test(typed.trim())) return { amount: 0, sign: undefined }
  const text = typed.trim().replace(AT_MOST, '')
  const {
    before = '',
    number = '',
    after = '',
  } = /^(?<before>[^\d.,+-]{0,10})(?<number>[+-]?\d[\d.,' ]{0,30})(?<after>[^\d]{0,10})$/u.exec(text)
    ?.groups ?? {}
  const amount = readAmount(number.trim())
  const signs = [before, after]
    .map((sign) => sign.trim().replace(/^[.-]+$/, ''))
    .filter((sign) => sign !== '')
  const [sign] = signs
  if (amount === undefined || signs.length > 1) return undefined
  if (sign !== undefined && !CODE.test(sign) && !SIGN.test(sign)) return undefined
  return { amount, sign: sign?.toUpperCase() }
}

/**
 * A number with or without marks for thousands and decimals. Of two kinds of marks the last is the decimal one; one mark
 * before exactly three digits parts thousands, as no price has three decimals.
 */
export function readAmount(text: string): number | undefined {
  const joined = text.replace(/(?<=\d)[' ](?=\d{3}(?!\d))/g, '')
  if (!/^[+-]?\d{1,9}(?:[.,]\d{1,9}){0,4}[.,]?-?$/.test(joined)) return undefined
  const [whole = '', ...rest] = joined.replace(/[.,]?-?$/, '').split(/[.,]/)
  const last = rest.at(-1)
  if (last === undefined) return Number(whole)
  const marks = new Set(joined.match(/[.,]/g))
  const grouped = (parts: readonly string[]) =>
    parts.every((part) => part.length === 3) && !/^[+-]?0/.test(whole)
  if (marks.size === 1 && grouped(rest)) return Number([whole, ...rest].join(''))
  const groups = rest.slice(0, -1)
  if (groups.length > 0 && (!grouped(groups) || marks.size === 1)) return undefined
  return Number(`${[whole, ...groups].join('')}.${last}`)
}
