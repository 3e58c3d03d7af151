import { createFormats } from '../formats.ts'

export const format = createFormats('en-US')

export const { count, percent, or, and } = format

export const plural = (n: number, one: string, many: string) => `${count(n)} ${n === 1 ? one : many}`

export const games = (n: number) => plural(n, 'game', 'games')

export const picks = (n: number) => plural(n, 'indie pick', 'indie picks')
