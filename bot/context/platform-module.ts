import type { FastifyInstance } from 'fastify'
import type { App } from '../../core/app.ts'
import type { CommandFormatter } from '../../core/commands/formatter.ts'
import type { Platform } from '../../core/digest/delivery.ts'
import type { Poster } from '../../core/digest/poster.ts'
import type { Locale } from '../../core/locale.ts'
import type { RateLimiter } from '../../core/rate-limiter.ts'
import type { Db } from '../../db/postgres/connect.ts'
import type { Message } from '../config/webhook.ts'
import type { Check } from '../platform/finding.ts'
import type { OperatorReport } from '../platform/operator-report.ts'
import type { PlaygroundSide } from '../platform/playground-side.ts'
import type { Context } from './parts.ts'

/** A chat platform, as the rest of the program knows it. What is heavy is loaded when it is asked for. */
export type PlatformModule = {
  readonly key: Platform
  readonly name: string
  /** Writes commands as they are typed there, by the names of the language that the platform lists them in. */
  readonly formatter: (locale: Locale | undefined) => CommandFormatter
  /** Prepares what a start needs; undefined where the platform isn't configured. */
  readonly open: (context: Context, parts: PlatformParts) => Promise<OpenPlatform | undefined>
  /** Lists what `npm run doctor` looks at; `db` is undefined where the database doesn't answer. */
  readonly checks: (
    context: Context,
    db: Db | undefined,
  ) => readonly (readonly [part: string, check: Check])[]
  /** Publishes the commands, or writes what has to be published by hand to the file. */
  readonly register: (context: Context, manifestFile: string) => Promise<void>
  /** Writes what operators are told, for a webhook. */
  readonly operatorMessage: (report: OperatorReport) => Promise<Message>
  readonly playgroundSide: () => Promise<PlaygroundSide>
}

export type PlatformParts = {
  readonly db: Db
  readonly app: App
  readonly pace: RateLimiter
  readonly now: () => Date
}

export type OpenPlatform = {
  /** Set where the platform counts starts, so that whatever may fail on this machine comes before it. */
  readonly connectsLast?: true
  /** Connects and answers until stopped. */
  connect(): Promise<ConnectedPlatform>
  /** Adds the platform's own routes to the program's HTTP server. */
  mount?(server: FastifyInstance): Promise<void>
  /** Posts digests, once it is connected. */
  poster(): Poster
}

export type ConnectedPlatform = {
  stop(): Promise<void>
  health(): { readonly ok: boolean; readonly detail: string }
}
