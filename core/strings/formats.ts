import { decimalsOf } from '../catalogue/prices.ts'

/** Numbers, money, dates and lists as a language writes them. */
export type Formats = ReturnType<typeof createFormats>

const MOMENT: Intl.DateTimeFormatOptions = {
  ...{ weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  hourCycle: 'h23',
}

/** `tag`: BCP 47, such as `en-US`. */
export function createFormats(tag: string) {
  const whole = new Intl.NumberFormat(tag)
  const or = new Intl.ListFormat(tag, { type: 'disjunction' })
  const and = new Intl.ListFormat(tag, { type: 'conjunction' })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'always' })
  const currencies = new Intl.DisplayNames([tag], { type: 'currency' })
  const date = (at: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }).format(new Date(`${at}T00:00:00Z`))
  return {
    count: (value: number) => whole.format(value),
    percent: (share: number) => `${Math.round(share * 100)}%`,
    or: (parts: readonly string[]) => or.format(parts),
    and: (parts: readonly string[]) => and.format(parts),
    day: (at: string) => date(at, { dateStyle: 'medium' }),
    /** By the clock of a time zone. */
    moment: (at: Date, timeZone: string) => new Intl.DateTimeFormat(tag, { ...MOMENT, timeZone }).format(at),
    month: (at: string) => date(at, { month: 'short', year: 'numeric' }),
    /** With its code, by which it is typed. */
    currency: (code: string) => `${currencies.of(code)} (${code})`,
    /** `currency`: ISO 4217; `cents`: its smallest unit. */
    money(cents: number, currency: string): string {
      const format = new Intl.NumberFormat(tag, { style: 'currency', currency })
      return format.format(cents / 10 ** decimalsOf(currency))
    },
    ago(since: Date, now: Date): string {
      const minutes = Math.max(1, Math.round((now.getTime() - since.getTime()) / 60_000))
      if (minutes < 60) return relative.format(-minutes, 'minute')
      if (minutes < 48 * 60) return relative.format(-Math.round(minutes / 60), 'hour')
      return relative.format(-Math.round(minutes / 1440), 'day')
    },
  }
}

/** By code points, so that no emoji is cut in two; without the signs that mark commands in our own sentences. */
export function clip(text: string, length: number): string {
  const points = [...text.replaceAll(/[\uE000\uE001]/gu, '')]
  return points.length <= length ? points.join('') : `${points.slice(0, length - 1).join('')}…`
}
