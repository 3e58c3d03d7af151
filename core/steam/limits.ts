export type Limits = typeof LIMITS

/** Times in milliseconds. */
export const LIMITS = {
  /** For everything that one answer needs of Steam; a snapshot may be read after it, and all of it within 15 seconds. */
  budgetMs: 14_000,
  /** Of a try, without a byte. */
  tryMs: 5_000,
  tries: 3,
  /** Before the second try; doubles from there, less up to half at random. */
  backoffMs: 400,
  /** Failed tries in a row, by whomever (of slow ones no more of one player than a question has), after which Steam is left alone. */
  failuresToPause: 6,
  pauseMs: 20_000,
  concurrent: 16,
  queued: 500,
  /** A library of 50,000 games takes half of it. */
  bodyBytes: 20_000_000,
  freshMs: 3_600_000,
  /** Games of all remembered libraries together: some 50 MB. */
  rememberedGames: 300_000,
  rememberedNames: 10_000,
  /** The operator is told of a bad key once in this time. */
  complainEveryMs: 600_000,
}
