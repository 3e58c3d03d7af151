import type { LabelKind } from '../catalogue/average-taste.ts'
import type { Examples } from '../catalogue/examples.ts'
import type { Prices } from '../catalogue/prices.ts'
import type { CommandName, OptionName } from '../commands/catalogue.ts'
import type { Age, Discovery, Platform, Sort } from '../commands/filter-input.ts'
import type { CommandFormatter } from '../commands/formatter.ts'
import type { GroupName } from '../commands/groups.ts'
import type { DeliveryState, Section } from '../digest/delivery.ts'
import type { Weekday } from '../digest/schedule.ts'
import type { Pause } from '../digest/subscription.ts'
import type { Note } from '../digest/subscriptions.ts'
import type { PlaceKind } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { LeftOutWhy, Problem } from '../problem.ts'
import type { About, NamedReason, NotHidden } from '../recommend/answers.ts'
import type { Party } from '../unavailable.ts'
import type { Formats } from './formats.ts'
import type { PageWords } from './page.ts'
import type { Shown } from './shown.ts'

/**
 * Every sentence that a player reads, in one language. Facts come in, words go out; no other file of the core holds prose.
 * A key that a language lacks is a type error, and one that nobody uses fails a test.
 */
export interface Language {
  readonly format: Formats
  /** For the browser and the screen reader. */
  readonly locale: Locale
  /** The language's own name. */
  readonly language: string
  readonly commands: {
    readonly [N in CommandName]: {
      /** At most 100 characters, as for every option: Discord's limit. */
      readonly description: string
      readonly options: Readonly<Record<OptionName<N>, string>>
    }
  }
  /** Of commands that stand together. At most 100 characters. */
  readonly groups: Readonly<Record<GroupName, string>>
  /** Names of the choices that options offer. */
  readonly choices: {
    readonly discovery: Readonly<Record<Discovery, string>>
    readonly age: Readonly<Record<Age, string>>
    readonly sort: Readonly<Record<Sort, string>>
    readonly platform: Readonly<Record<Platform, string>>
    readonly language: Readonly<Record<Locale, string>>
    readonly server_language: Readonly<Record<Locale | 'none', string>>
    readonly day: Readonly<Record<Weekday, string>>
  }
  readonly problems: {
    readonly [K in Problem['kind']]: (
      problem: Extract<Problem, { kind: K }>,
      command: CommandFormatter,
      shown: Shown,
    ) => string
  }
  /** `reference` also stands in the log, so that an operator finds what happened. */
  readonly failures: Readonly<Record<Exclude<Party, 'no-steam-key'> | 'ours', (reference: string) => string>>
  /** Where the operator has set no key for Steam. */
  readonly noSteamKey: (shown: Shown) => string
  readonly buttons: {
    readonly back: string
    readonly on: string
    readonly share: string
    /** One game; beside `share`, which takes a page. */
    readonly shareGame: string
    readonly takeBack: string
    readonly like: string
    readonly played: string
    readonly skip: string
    readonly more: string
    readonly why: string
  }
  /** Why one game was picked, in full. */
  readonly why: {
    readonly head: (game: string) => string
    readonly share: (reason: NamedReason) => string
    /** What the shares mean. */
    readonly meaning: string
  }
  readonly notices: {
    /** Which game was taken for what was typed. */
    readonly guessed: (asked: string, name: string) => string
    /** Under a refusal; `typed`: how to ask for the game or tag of that name. */
    readonly orMeant: (typed: string) => string
    /** Of another game that is called the same; `typed`: how to ask for it. */
    readonly namesake: (name: string, typed: string) => string
    /** Whose library it was, where a custom name is that of a game or tag as well; `typed`: how to ask for that. */
    readonly profileCalled: (name: string, typed: string) => string
    /** Whose account it is, in the same case. */
    readonly accountCalled: (name: string) => string
    readonly oldButton: string
    /** Where a platform's private answers take no files. */
    readonly fileByMessage: string
    readonly fileNotSent: (reference: string) => string
    readonly notPosted: (platform: string, reference: string) => string
    /** On Discord. Names of permissions, as it shows them. */
    readonly mayNotPost: (permissions: readonly string[], reference: string) => string
    /** On Slack: the app is no member of a channel where it has to be one. */
    readonly notInvited: (reference: string) => string
    /** On Slack: the channel's rules say who may post. */
    readonly postingRestricted: (reference: string) => string
    readonly archived: (reference: string) => string
    /** Of a share whose post is gone. */
    readonly takenBack: string
    readonly notTakenBack: (platform: string, reference: string) => string
  }
  readonly settings: {
    readonly shown: (language: string, command: CommandFormatter) => string
    readonly saved: (language: string) => string
    readonly head: (of: PlaceKind) => string
    /** Above all that holds in a place, after a change. */
    readonly savedHere: string
    readonly placeLanguage: (language: string | undefined, of: PlaceKind) => string
    /** Where mature games are shown. */
    /** `told`: whether prices can be told in it now. */
    readonly currency: (code: string | undefined, told: boolean) => string
    readonly mature: Readonly<Record<PlaceKind | 'nowhere', string>>
    readonly anywhere: string
    /** Before the channels where commands are taken. */
    readonly onlyIn: string
    readonly noneBlocked: string
    /** Before their names. */
    readonly blocked: (games: number) => string
    /** After a list: how many are not named. */
    readonly more: (count: number) => string
    /** Who may change what holds in the place, and how. */
    readonly howTo: (command: string, of: PlaceKind) => string
    /** To a command in a channel where it is not taken. */
    readonly elsewhere: string
    /** Before the channels where it is. */
    readonly insteadIn: string
  }
  readonly help: {
    readonly head: string
    readonly foot: string
    readonly example: (example: string) => string
    /** Of Slack's `/indiescout`, behind which the generic commands stand. */
    readonly umbrella: string
  }
  /** What managers read of the digests that they have set up. */
  readonly subscriptions: {
    readonly made: (number: number, games: number, labels: readonly string[]) => string
    /** By the clock of a place. */
    readonly when: (day: Weekday, time: string, timezone: string) => string
    readonly next: (times: readonly string[]) => string
    /** Where we may not read what was posted. */
    readonly blind: string
    readonly head: (count: number) => string
    readonly none: (command: CommandFormatter) => string
    readonly what: (games: number, labels: readonly string[]) => string
    readonly nextAt: (time: string) => string
    readonly paused: (why: Pause, day: string) => string
    readonly last: (day: string, how: string) => string
    readonly outcome: Readonly<Record<DeliveryState, string>>
    readonly note: Readonly<Record<Note, string>>
    readonly untold: string
    /** To whoever made it. */
    readonly pausedNow: (number: number, why: Pause, command: CommandFormatter) => string
    readonly onItsWay: (number: number) => string
    readonly pausedByHand: (number: number, command: CommandFormatter) => string
    readonly resumed: (number: number, time: string) => string
    readonly removed: (number: number) => string
  }
  readonly account: {
    readonly linked: (steamId: string) => string
    readonly unproven: string
    readonly signIn: string
    /** Whatever proves a link may be used by its owner alone, for so many minutes. */
    readonly signInNote: (minutes: number) => string
    readonly code: (code: string, minutes: number) => string
    readonly check: string
    readonly notInName: (code: string, name: string) => string
    readonly proven: (steamId: string) => string
    readonly alreadyVerified: (steamId: string) => string
    readonly unlinked: string
    readonly notLinked: string
  }
  readonly privacy: {
    readonly head: string
    readonly noLink: string
    readonly provenLink: (steamId: string, day: string, command: CommandFormatter) => string
    readonly unprovenLink: (steamId: string, lastDay: string, command: CommandFormatter) => string
    readonly locale: (language: string | undefined) => string
    readonly opinions: (games: number, presses: number, days: number) => string
    readonly answers: (count: number, days: number) => string
    readonly commands: (count: number, days: number) => string
    /** `agreed`: it is fetched again every week. `lastDay`: of the library that is stored, if there is one. */
    readonly library: (kept: {
      readonly agreed: boolean
      readonly lastDay: string | undefined
      readonly days: number
    }) => string
    readonly digests: (count: number) => string
    readonly community: (agreed: boolean, command: CommandFormatter) => string
    /** `games`: of the linked account, that models are trained on. */
    readonly training: (agreed: boolean, games: number, command: CommandFormatter) => string
    readonly rest: (command: CommandFormatter, placeKind: PlaceKind) => string
    readonly exported: string
    readonly forgetAsk: (command: CommandFormatter) => string
    readonly forget: string
    readonly forgotten: string
  }
  /** The two pages of the sign-in through Steam, in a browser. */
  readonly signIn: {
    readonly title: string
    /** `steamId` is what the user of `platform` says is theirs. */
    readonly explain: (platform: string, account: string, steamId: string) => string
    readonly warn: string
    readonly go: string
    readonly proven: (steamId: string) => string
    readonly wrongAccount: (steamId: string) => string
    readonly refused: string
    readonly steamAway: string
  }
  /** The pages of those who install the app into their Slack workspace. */
  readonly install: {
    readonly title: string
    readonly done: string
    readonly cancelled: string
    readonly expired: string
    readonly wholeOrganisation: string
    readonly failed: (reference: string) => string
  }
  readonly facts: {
    readonly price: string
    readonly reviews: string
    readonly released: string
    readonly developer: string
    readonly tags: string
    readonly unknown: string
    readonly free: string
    /** `told`: about what that comes to in the reader's currency. */
    readonly about: (price: string, told: string) => string
    /** `percent`: how much less it costs than it did; `was`: what it did cost. */
    readonly reduced: (
      price: string,
      than: { readonly told: string | undefined; readonly percent: number; readonly was: string },
    ) => string
    readonly noReviews: string
    /** Of a few reviews no verdict is given. */
    readonly reviewed: (verdict: Verdict | undefined, share: string, count: number | undefined) => string
    readonly quarter: (quarter: number, year: number) => string
    readonly year: (year: number) => string
  }
  readonly filters: {
    readonly label: (label: string) => string
    readonly without: (label: string) => string
    readonly price: (most: string | undefined) => string
    readonly language: (language: string) => string
    readonly platform: (platform: Platform) => string
    readonly age: (age: Age) => string
    readonly onSale: string
    readonly reviews: (least: number) => string
    /** `least`: a share, such as `90%`. */
    readonly positive: (least: string) => string
    readonly sort: (sort: string) => string
    readonly hideOwned: string
  }
  readonly together: {
    readonly leftOut: Readonly<Record<LeftOutWhy, string>>
    /** On the pages that do not name them. */
    readonly leftOutCount: (count: number) => string
    readonly fits: (fits: number, players: number) => string
    /** As a filter: what all of them can play. */
    readonly playable: (players: number) => string
  }
  readonly digest: {
    /** Above a game: under what it was found. */
    readonly sections: Readonly<Record<Exclude<Section, 'on-sale'>, string>>
    readonly onSale: (percent: number) => string
    readonly foot: (command: CommandFormatter) => string
    /** The picture for those who do not see it. */
    readonly cover: (titles: readonly string[]) => string
    readonly preview: (games: number) => string
    /** Why nothing would be posted: `language` is the digest's. */
    readonly nothingKnown: (labels: readonly string[], language: string) => string
    readonly nothingNew: string
  }
  readonly taste: {
    readonly head: (games: number) => string
    readonly title: string
    readonly kind: Readonly<Record<LabelKind, string>>
    readonly played: string
    readonly owned: string
    readonly average: string
    /** Beside a bar. */
    readonly bar: (share: string, average: string | undefined) => string
    /** Of a label, in the words that stand for the picture. */
    readonly spoken: (label: string, bars: readonly string[]) => string
    /** What is liked far more than the average player does. */
    readonly more: (labels: readonly string[]) => string
    readonly counted: (known: number, all: number) => string
  }
  readonly page: {
    readonly head: (about: About, count: number) => string
    readonly shared: (count: number) => string
    readonly libraryOf: (steamId: string) => string
    readonly of: (page: number, pages: number) => string
    readonly poweredBySteam: string
    readonly stale: (ago: string) => string
    readonly playtimeHidden: string
    readonly away: string
    /** No model has been trained yet. */
    readonly noModel: string
    readonly unknownTaste: string
    readonly because: (reasons: readonly NamedReason[]) => string
    /** What a pick has in common with the one game that was asked about. */
    readonly bothAre: (labels: readonly string[]) => string
    readonly samePlayers: string
    readonly sameStudio: string
    readonly byTags: string
    /** Games of which a fact is unknown that was asked for. */
    readonly leftOut: (games: number) => string
    /** Of a curated list. */
    readonly unproven: string
    /** Why owned games could not be hidden. */
    readonly notHidden: Readonly<Record<NotHidden, (command: CommandFormatter) => string>>
    /** Of a game in a curated list. */
    readonly owned: string
    /** Of a pick that hardly any player has. */
    readonly isNew: string
  }
}

/**
 * What a Discord that speaks another language than English calls commands and their options: lower case, at most 32
 * letters, digits, - and _, and no two of one list alike. What is sent and parsed are the catalogue's own names.
 */
export type Names = {
  readonly commands: Readonly<Record<CommandName, string>>
  readonly options: Readonly<Record<OptionName, string>>
}

/** What a language's folder holds; what a translation lacks is said in English. */
export type Translation = {
  readonly strings: Pick<Language, 'format' | 'locale' | 'language'> & DeepPartial<Language>
  readonly playground: DeepPartial<PageWords>
  /** Where it is absent, commands and options keep the catalogue's names. */
  readonly names?: Names
}

/** Some topics of English, which is complete. */
export type Topic<K extends keyof Language> = Pick<Language, K>

/** Some topics of a translation, in which sentences may be missing. */
export type Translated<K extends keyof Language> = DeepPartial<Pick<Language, K>>

export type DeepPartial<T> = T extends (...given: never) => unknown
  ? T
  : { readonly [K in keyof T]?: DeepPartial<T[K]> }

/** A language as somebody reads it. */
export type Strings = Language & {
  /** How a command is typed on their platform. */
  readonly command: CommandFormatter
  /** What their platform calls a community. */
  readonly placeKind: PlaceKind
  /** In which currency prices are told where they read. */
  readonly prices: Prices
  /** What the loaded catalogue holds. */
  readonly examples: Examples
}

/** Steam's own words for a share of positive reviews, without its rule for small counts. */
export type Verdict = 'overwhelming' | 'very' | 'mostly' | 'mixed' | 'negative'
