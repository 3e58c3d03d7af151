import type { AppPorts } from '../../../core/app.ts'
import type { AverageTaste } from '../../../core/catalogue/average-taste.ts'
import type { Catalogue } from '../../../core/catalogue/catalogue.ts'
import { type Filter, NO_FILTER } from '../../../core/catalogue/filter.ts'
import type { Game } from '../../../core/catalogue/game.ts'
import type { GameId, SteamId } from '../../../core/ids.ts'
import type { Locale } from '../../../core/locale.ts'
import type { Accounts, Link } from '../../../core/players/accounts.ts'
import type { Libraries, LibraryAnswer, OwnedGame } from '../../../core/players/library.ts'
import type { Opinions, Said } from '../../../core/players/opinions.ts'
import type { Answers, StoredAnswer } from '../../../core/recommend/answers.ts'
import type { Ranked, Scorer } from '../../../core/recommend/scorer.ts'
import type { CandidateStore, Candidates } from '../../../core/use-cases/digest/candidates.ts'
import { EXAMPLES } from '../builders/examples.ts'
import { markedFormatterFor } from '../builders/platforms.ts'
import { memoryConsents, memoryDigests } from './memory-digests.ts'
import { memoryPlaces } from './memory-places.ts'
import { RATES } from './rates.ts'

const NO_AVERAGE: AverageTaste = { tag: new Map(), genre: new Map() }

/** Working parts that keep their promises in memory, for tests of the core alone. */

export function memoryCatalogue(games: readonly Game[], average: AverageTaste = NO_AVERAGE): Catalogue {
  const carries = (game: Game, label: string) =>
    [...game.genres, ...game.tags, ...game.categories].some(
      (name) => name.toLowerCase() === label.toLowerCase(),
    )
  const labels = [...new Set(games.flatMap((game) => [...game.genres, ...game.tags]))].sort()
  const counted = (name: string) => ({ name, games: games.filter((game) => carries(game, name)).length })
  const passes = (
    game: Game,
    { mature, without, genres, anyOf, exclude, maxPriceCents, language, onSale, releasedSince }: Filter,
  ) =>
    game.genres.includes('Indie') &&
    (mature || !game.mature) &&
    !without.includes(game.id) &&
    genres.every((label) => carries(game, label)) &&
    (anyOf.length === 0 || anyOf.some((label) => carries(game, label))) &&
    !exclude.some((label) => carries(game, label)) &&
    (maxPriceCents === undefined || (game.price !== undefined && game.price.cents <= maxPriceCents)) &&
    (language === undefined || game.languages.includes(language)) &&
    (!onSale || (game.price?.discount ?? 0) > 0) &&
    (releasedSince === undefined || (game.release !== undefined && game.release.at >= releasedSince))
  const isReviewed = ({ reviews }: Game, { minReviews = 0, minPositive = 0 }: Filter) =>
    minReviews + minPositive === 0 ||
    (reviews?.count !== undefined && reviews.count >= minReviews && reviews.share * 100 >= minPositive)
  const allowed: Catalogue['allowed'] = async (filter) =>
    games
      .filter((game) => passes(game, filter) && isReviewed(game, filter))
      .map((game) => game.id)
      .sort((a, b) => a - b)
  return {
    allowed,
    indie: () => allowed({ ...NO_FILTER, mature: true }),
    best: async ({ filter, limit, without }) =>
      (await allowed(filter))
        .filter((game) => !without.includes(game))
        .toReversed()
        .slice(0, limit),
    count: async ({ filter, without, most }) =>
      Math.min((await allowed(filter)).filter((game) => !without.includes(game)).length, most),
    undecided: async (filter) =>
      filter.platform === undefined ? 0 : games.filter((game) => game.platforms.length === 0).length,
    cheapest: async (filter) => {
      const allowedGames = new Set(await allowed(filter))
      const prices = games.flatMap((game) =>
        allowedGames.has(game.id) && game.price ? [game.price.cents] : [],
      )
      return prices.length === 0 ? undefined : Math.min(...prices)
    },
    facts: async (ids) =>
      new Map(games.filter((game) => ids.includes(game.id)).map((game) => [game.id, game])),
    alike: async (owned, filter, limit) => {
      const taken = new Set(owned.map((entry) => entry.game))
      return (await allowed(filter)).filter((id) => !taken.has(id)).slice(0, limit)
    },
    games: async (typed, limit) =>
      games
        .filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()))
        .slice(0, limit)
        .map(({ id, name }) => ({ game: id, name })),
    label: async (text) => labels.filter((name) => name.toLowerCase() === text.toLowerCase()).map(counted)[0],
    labels: async (typed, limit) =>
      labels
        .filter((name) => name.toLowerCase().startsWith(typed.slice(0, 3).toLowerCase()))
        .slice(0, limit)
        .map(counted),
    averageTaste: async () => average,
  }
}

/** Scores every allowed game that is not owned: the greater its number, the better. */
export function memoryScorer(): Scorer & { away: Error | undefined; knows: (game: GameId) => boolean } {
  return {
    away: undefined,
    knows: () => true,
    async rank(owned, allowed, limit) {
      if (this.away) throw this.away
      const known = owned.filter((entry) => this.knows(entry.game))
      const taken = new Set(owned.map((entry) => entry.game))
      const reasons = known.slice(0, 3).map((entry) => ({ game: entry.game, share: 1 / known.length }))
      if (known.length === 0) return []
      return allowed
        .filter((game) => !taken.has(game))
        .sort((a, b) => b - a)
        .slice(0, limit)
        .map((game): Ranked => ({ game, score: game / 1000, reasons }))
    },
  }
}

export function memoryAnswers(): Answers & {
  readonly stored: Map<string, StoredAnswer>
  /** Answers with the page that was turned to, as `id:1`. */
  readonly turned: string[]
} {
  const turned: string[] = []
  const stored = new Map<string, StoredAnswer>()
  const shared = new Map<string, number>()
  let claims = 0
  return {
    stored,
    turned,
    save: async (answer) => {
      const before = stored.get(answer.id)?.picks ?? []
      const added = answer.picks.filter(({ game }) => !before.some((pick) => pick.game === game))
      stored.set(answer.id, { ...answer, picks: [...before, ...added] })
    },
    find: async (id) => stored.get(id),
    turnedTo: async (id, page) => {
      turned.push(`${id}:${page}`)
    },
    claimShare: async (answer, what) => {
      const key = `${answer} ${what}`
      if (shared.has(key)) return undefined
      claims += 1
      const at = new Date(Date.UTC(2026, 0) + claims)
      shared.set(key, at.getTime())
      return { answer, what, at }
    },
    releaseShare: async ({ answer, what, at }) => {
      const key = `${answer} ${what}`
      if (shared.get(key) === at.getTime()) shared.delete(key)
    },
  }
}

export function memoryAccounts(
  links: Readonly<Record<string, Link>> = {},
): Pick<Accounts, 'locale' | 'setLocale' | 'link'> {
  const locales = new Map<string, Locale>()
  return {
    locale: async (user) => locales.get(user),
    setLocale: async (user, locale) => {
      locales.set(user, locale)
    },
    link: async (user) => links[user],
  }
}

export const STEAM_ID = '76561197960287930' as SteamId

export function memoryLibraries(answer: LibraryAnswer | Error): Libraries {
  return {
    of: async () => {
      if (answer instanceof Error) throw answer
      return answer
    },
    forget() {},
  }
}

export function libraryOf(
  games: readonly OwnedGame[],
  more: { stale?: boolean; fetchedAt?: Date } = {},
): LibraryAnswer {
  const { stale = false, fetchedAt = new Date() } = more
  return { kind: 'library', stale, library: { steamId: STEAM_ID, games, fetchedAt } }
}

/** An app's needs: those that a test names, and empty ones. A part that is neither must not be asked. */
export function memoryPorts(known: Partial<AppPorts> = {}): AppPorts {
  const ports: Partial<AppPorts> = {
    catalogue: memoryCatalogue([]),
    libraries: memoryLibraries({ kind: 'no-profile' }),
    scorer: memoryScorer(),
    answers: memoryAnswers(),
    accounts: memoryAccounts() as Accounts,
    places: memoryPlaces(),
    consents: memoryConsents(),
    digests: memoryDigests(),
    opinions: memoryOpinions(),
    rates: { table: async () => RATES },
    examples: async () => EXAMPLES,
    formatterFor: markedFormatterFor,
    now: () => new Date(),
    ...known,
  }
  return ports as AppPorts
}

/** `computed`: the keys for which there was nothing yet, in order. */
export function memoryCandidates(): CandidateStore & { readonly computed: string[] } {
  const computed: string[] = []
  const known = new Map<string, Promise<Candidates>>()
  return {
    computed,
    of({ week, locale, genres }, compute) {
      const key = [week, locale, ...genres].join(' ')
      const found = known.get(key) ?? compute()
      if (!known.has(key)) computed.push(key)
      known.set(key, found)
      return found
    },
  }
}

export function memoryOpinions(): Opinions & {
  readonly pressed: (Said & { readonly takenBack: boolean })[]
} {
  const now = new Map<string, Said>()
  const pressed: (Said & { readonly takenBack: boolean })[] = []
  const keyOf = ({ user, game }: Said) => `${user} ${game}`
  return {
    pressed,
    of: async (user) =>
      [...now.values()]
        .filter((said) => said.user === user)
        .map(({ game, opinion }) => ({ game, opinion }))
        .reverse(),
    record: async (said) => {
      now.delete(keyOf(said))
      now.set(keyOf(said), said)
      pressed.push({ ...said, takenBack: false })
    },
    takeBack: async (said) => {
      if (now.get(keyOf(said))?.opinion === said.opinion) now.delete(keyOf(said))
      pressed.push({ ...said, takenBack: true })
    },
    shown: async () => new Map(),
  }
}
