import type { Chart } from '../../core/chart.ts'

/** What operators read of a refresh, on whatever platform. English, as the log is. */
export type OperatorReport = {
  readonly mood: 'good' | 'neutral' | 'bad'
  readonly title: string
  /** A sentence each. */
  readonly changes: readonly string[]
  /** The figures as a picture; undefined where there are none. */
  readonly chart: Chart | undefined
  /** The same as lines of a fixed width, for where no picture can be shown. */
  readonly bars: readonly string[]
  readonly data: readonly string[]
  readonly times: readonly string[]
}
