import type { Release } from '../../../core/catalogue/game.ts'
import { foldWord, monthNamed, namesMonthAlone } from './month-names.ts'

const FIRST_YEAR = 1970
const LAST_YEAR = 2100
const MAX_LENGTH = 60

/**
 * Reads a store's release date, in the words and orders of the store's languages, with as much of it as is certain:
 * `03/04/2021` tells its year alone. Undefined for "Coming soon", for words that are not known, and for impossible dates.
 */
export function parseRelease(text: string): Release | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const plain = simplify(text)
  return (
    (parseNumbers(plain) ?? parseEastAsian(plain) ?? parseVietnamese(plain) ?? parseWords(plain)) || undefined
  )
}

/** Answers `false` for what has the form but is no date, so that no other reading is tried. */
type Parsed = Release | false | undefined

const TIME = /(\d)(?:t| )\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:z| ?[+-]\d{2}:?\d{2})?$/
/** "year", behind the number, in Russian, Bulgarian and Ukrainian. */
const YEAR_MARK = /(\d{4}) ?(?:г|р)\.?$/

function simplify(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(TIME, '$1')
    .replace(YEAR_MARK, '$1')
}

function parseNumbers(text: string): Parsed {
  const [, year, month, day] = /^(\d{4})(?: ?[./-] ?(\d{1,2}))?(?: ?[./-] ?(\d{1,2}))?\.?$/.exec(text) ?? []
  if (year !== undefined) return precise(Number(year), toNumber(month), toNumber(day))
  const [, first, second, last] = /^(?:(\d{1,2}) ?[./-] ?)?(\d{1,2}) ?[./-] ?(\d{4})\.?$/.exec(text) ?? []
  if (second === undefined) return undefined
  return first === undefined
    ? precise(Number(last), Number(second))
    : inEitherOrder(Number(first), Number(second), Number(last))
}

/** Whether the day or the month comes first is only certain where the other order is impossible, or the same. */
function inEitherOrder(first: number, second: number, year: number): Parsed {
  const [dayFirst, monthFirst] = [precise(year, second, first), precise(year, first, second)]
  if (dayFirst && monthFirst && first !== second) return precise(year)
  return dayFirst || monthFirst
}

const HAN_NUMBERS = '一二三四'
const SEASON_OR_HALF =
  /^(\d{4}) ?[年년]? ?(?:[春夏秋冬][季天]?|봄|여름|가을|겨울|[上下]半[年期]|[상하]반기|初|末|초|말)$/

/** `2025年3月1日`, `2025년 3분기`, `2025年第三季度`, `2025年夏季` */
function parseEastAsian(text: string): Parsed {
  const [, year, month, day] =
    /^(\d{4}) ?[年년](?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일])?)?$/.exec(text) ?? []
  if (year !== undefined) return precise(Number(year), toNumber(month), toNumber(day))
  const [, quarterYear, quarter = ''] =
    /^(\d{4}) ?[年년]? ?第? ?([1-4一二三四]) ?(?:四半期|季度|季|분기)$/.exec(text) ?? []
  if (quarterYear !== undefined) {
    return inQuarter(Number(quarterYear), HAN_NUMBERS.indexOf(quarter) + 1 || Number(quarter))
  }
  const vagueYear = SEASON_OR_HALF.exec(text)?.[1]
  return vagueYear === undefined ? undefined : precise(Number(vagueYear))
}

/** Numbers its months: `1 Thg03, 2020`, `ngày 1 tháng 3 năm 2020` */
function parseVietnamese(text: string): Parsed {
  const [, day, month, year] =
    /^(?:ngày )?(?:(\d{1,2}),? ?)?th(?:áng|g)\.? ?(\d{1,2}),?(?: năm)? (\d{4})$/.exec(text) ?? []
  return year === undefined ? undefined : precise(Number(year), toNumber(month), toNumber(day))
}

const folded = (words: string) => new Set(words.trim().split(/\s+/).map(foldWord))

/** These leave the year certain, and what is written beside it as it is. */
const FILLING = folded(`
  of the in on de del do da den d st nd rd th er o a am le el di ngày năm tahun
  ค.ศ. ปี год года году г р рік року roku rok év year año ano anno jaar jahr année vuonna år
  coming release released releasing available early mid late beginning start end
  anfang mitte ende début fin principios mediados finales inizio metà fine início meados
  начало начале середина конец конце`)

/** Parts of a year whose months are told by nobody, or differ between north and south. */
const VAGUE = folded(`
  h half halbjahr semestre semester полугодие holiday holidays
  spring summer fall autumn winter frühling frühjahr sommer herbst printemps été automne hiver
  primavera verano otoño invierno estate autunno inverno verão outono lente voorjaar zomer herfst najaar
  forår vår efterår høst vinter sommar höst kevät kesä syksy talvi
  wiosna wiosną lato latem jesień jesienią zima zimą jaro léto podzim
  весна весной лето летом осень осенью зима зимой літо влітку восени осінь пролет лято есен
  봄 여름 가을 겨울 春 夏 秋 冬
  tavasz nyár ősz tél primăvară primăvara vară vara toamnă toamna iarnă iarna
  άνοιξη καλοκαίρι φθινόπωρο χειμώνας ilkbahar bahar yaz sonbahar güz kış
  mùa xuân hạ hè thu đông ربيع صيف خريف شتاء الربيع الصيف الخريف الشتاء`)

const QUARTER = folded(`
  q t quarter quartal kwartał kwartal kw kvartal kwartaal kuartal trimestre trim trimestru quý
  кв квартал тримесечие τρίμηνο çeyrek negyedév čtvrtletí neljännes ไตรมาส ไตรมาสที่`)

const ORDINALS: ReadonlyMap<string, number> = new Map(
  Object.entries({ i: 1, ii: 2, iii: 3, iv: 4, first: 1, second: 2, third: 3, fourth: 4 }),
)

const TOKEN = /\d+|[\p{L}\p{M}]+(?:\.[\p{L}\p{M}]+)*/gu
const BETWEEN_TOKENS = /^[ .,/()–—-]*$/

/** A date of words and numbers in any order. One word that is not known leaves the whole unknown. */
function parseWords(text: string): Parsed {
  if (!BETWEEN_TOKENS.test(text.replace(TOKEN, ''))) return undefined
  const tokens = text.match(TOKEN) ?? []
  const years = tokens.filter((token) => /^\d{4}$/.test(token))
  const names = tokens.filter((token) => !/^\d/.test(token)).map(foldWord)
  const ordinals = names.flatMap((name) => ORDINALS.get(name) ?? [])
  const numbers = [
    ...tokens.filter((token) => /^\d/.test(token) && token.length !== 4).map(Number),
    ...ordinals,
  ]
  const telling = names.filter((name) => !FILLING.has(name) && !ORDINALS.has(name))
  return years.length === 1 && numbers.length < 2 ? tell(Number(years[0]), telling, numbers[0]) : undefined
}

function tell(year: number, names: readonly string[], number: number | undefined): Parsed {
  if (names.some((name) => meaningOf(name) === undefined)) return undefined
  const [name, ...others] = names
  if (name === undefined) return number === undefined ? precise(year) : undefined
  const month = monthNamed(name)
  if (month !== undefined && others.length === 0 && (number !== undefined || namesMonthAlone(name))) {
    return precise(year, month, number)
  }
  const isQuarter = QUARTER.has(name) && others.length === 0 && number !== undefined
  return isQuarter ? inQuarter(year, number) : precise(year)
}

function meaningOf(name: string): 'month' | 'quarter' | 'vague' | undefined {
  if (monthNamed(name) !== undefined) return 'month'
  if (QUARTER.has(name)) return 'quarter'
  return VAGUE.has(name) ? 'vague' : undefined
}

function inQuarter(year: number, quarter: number): Parsed {
  const release = quarter <= 4 && precise(year, quarter * 3 - 2)
  return release && { ...release, precision: 'quarter' }
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}

/** As precise as what is given; `false` for a date that is not in the calendar, or in no year that games have. */
function precise(year: number, month?: number, day?: number): Release | false {
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1))
  const exists = date.getUTCMonth() === (month ?? 1) - 1 && date.getUTCDate() === (day ?? 1)
  if (!exists || year < FIRST_YEAR || year > LAST_YEAR) return false
  const precision = day !== undefined ? 'day' : month !== undefined ? 'month' : 'year'
  return { at: date.toISOString().slice(0, 10), precision }
}
