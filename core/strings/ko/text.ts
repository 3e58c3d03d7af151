import { createFormats } from '../formats.ts'

export const format = createFormats('ko-KR')

export const { count, percent, or, and } = format

export const games = (n: number) => `게임 ${count(n)}개`
