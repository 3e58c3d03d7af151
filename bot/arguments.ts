import { InvalidArgumentError } from 'commander'

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
    const number = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN
    if (number >= min && number <= max) return number
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`)
  }
}
