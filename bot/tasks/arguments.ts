import { InvalidArgumentError } from 'commander'
import { z } from 'zod'

type Bounds = { readonly min: number; readonly max: number }

/** A parser for commander: a whole number within bounds, or one sentence. */
export function wholeNumber({ min, max }: Bounds): (text: string) => number {
  return (text) => {
    const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
    if (number >= min && number <= max) return number
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
  }
}

export function anyNumber({ min, max }: Bounds): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}(\.\d{1,9})?(e\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN
    if (number >= min && number <= max) return number
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`)
  }
}

/** For commander: a time such as 2026-11-30T04:00:00.000Z. */
export function isoTime(text: string): Date {
  const time = z.iso.datetime().safeParse(text)
  if (!time.success) throw new InvalidArgumentError('It must be a time such as 2026-11-30T04:00:00Z.')
  return new Date(time.data)
}
