import { note, type Page, privatePage, sharedPage } from '../../../core/cards/cards.ts'
import { cardAlone } from '../../../core/cards/game-card.ts'
import type { Game } from '../../../core/catalogue/game.ts'
import { pricesIn } from '../../../core/catalogue/prices.ts'
import { SECTIONS } from '../../../core/digest/delivery.ts'
import { type AnswerId, gameId, kindOfPlace, type SteamId, type UserKey } from '../../../core/ids.ts'
import type { Locale } from '../../../core/locale.ts'
import type { Problem } from '../../../core/problem.ts'
import type { About, StoredPick } from '../../../core/recommend/answers.ts'
import type { Reply } from '../../../core/reply.ts'
import type { Strings } from '../../../core/strings/language.ts'
import { explainProblem } from '../../../core/strings/strings.ts'
import { digestReply, previewOf, type Shown } from '../../../core/use-cases/digest/reply.ts'
import { help } from '../../../core/use-cases/help.ts'
import { RATES } from '../fakes/rates.ts'
import { wordsWithExamples } from './examples.ts'
import { game } from './games.ts'
import { markedFormatterFor } from './platforms.ts'

/** What the core says in each language, of games that are plain, of strangers, endless and without facts. */

const STEAM_ID = '76561197960287930' as SteamId
const NOW = new Date('2026-03-05T12:00:00Z')
const HOSTILE =
  '@everyone <!channel> **b** _i_ ~~s~~ `c` [click](https://evil.example) &amp; \u202Egnp.exe 한국어\u200B'
const ENDLESS = '가나다 *🕹️_&'.repeat(800)

const GAMES: readonly Game[] = [
  game({
    id: gameId(1),
    name: '하데스',
    description: '지하 세계에서 탈출하세요.',
    tags: ['Roguelike', 'Action'],
  }),
  game({ id: gameId(2), name: HOSTILE, description: HOSTILE, tags: [HOSTILE], developers: [HOSTILE] }),
  game({
    id: gameId(3),
    name: ENDLESS,
    description: ENDLESS,
    tags: [ENDLESS],
    developers: [ENDLESS, ENDLESS],
  }),
  game({
    ...{ id: gameId(4), name: 'Bouncing Duck Simulator', description: undefined, imageUrl: undefined },
    ...{ price: undefined, reviews: undefined, release: undefined, developers: [], tags: [], genres: [] },
  }),
]

const reasons = [
  { game: gameId(7), share: 0.41, name: '공동전선' },
  { game: gameId(8), share: 0.33, name: HOSTILE },
]
const bare = { score: 1, reasons: [], owned: false } as const
const picks: readonly StoredPick[] = GAMES.map(({ id }, index) =>
  index < 2 ? { ...bare, game: id, reasons } : { ...bare, game: id },
)

const ABOUTS = {
  recommend: {
    ...{ kind: 'recommend', gamesRead: 1234, playtimeHidden: true, source: 'model' },
    staleSince: '2026-03-05T09:00:00Z',
  },
  liked: { kind: 'liked', names: ['하데스', 'Portal 2'], source: 'catalogue-away' },
  similar: { kind: 'similar', name: '하데스', source: 'catalogue-unknown' },
  curate: { kind: 'curate', labels: ['Roguelike', HOSTILE], sort: 'hidden-gems', unknown: 1234 },
  together: { kind: 'together', players: 3, leftOut: 1, source: 'model' },
} as const satisfies Record<string, About>

const PROBLEMS = {
  'nothing-left': {
    kind: 'nothing-left',
    filters: ['“Roguelike”', '₩5,000'],
    relax: [
      { how: 'without', filter: '“Roguelike”', games: 1234 },
      { how: 'with', filter: '₩12,000', games: 1 },
    ],
  },
  'unknown-genre': { kind: 'unknown-genre', asked: 'Roguelikke', near: ['Roguelike', 'Roguelite'] },
  'mature-off': { kind: 'mature-off', asked: HOSTILE },
  'several-games': {
    kind: 'several-games',
    asked: HOSTILE,
    games: [{ game: gameId(1), name: HOSTILE, about: ['2019', HOSTILE] }],
  },
  'unknown-game': { kind: 'unknown-game', asked: HOSTILE, near: [] },
  'too-fast': { kind: 'too-fast', seconds: 3 },
} as const satisfies Record<string, Problem>

function view(strings: Strings, about: About, shown: readonly StoredPick[]): Page {
  const answer = { id: 'aZ3_kd9-Qw1x' as AnswerId, user: 'discord:1', picks: shown, about } as const
  const facts = new Map(GAMES.map((each) => [each.id, each]))
  const said = new Map([[gameId(1), 'like' as const]])
  return { answer, page: 0, facts, said, strings, now: NOW }
}

/** In a place that has chosen the won: at full price, reduced, free and unknown. */
function abroad(page: Page): Reply {
  const prices = [
    { cents: 1999, initialCents: 1999, discount: 0, currency: 'USD' },
    { cents: 999, initialCents: 1999, discount: 50, currency: 'USD' },
    { cents: 0, initialCents: 0, discount: 0, currency: 'USD' },
  ]
  const facts = new Map(GAMES.map((each, index) => [each.id, { ...each, price: prices[index] }]))
  return privatePage(
    { ...page, facts, strings: { ...page.strings, prices: pricesIn('KRW', RATES) } },
    undefined,
  )
}

/** Ten games of every kind, which is what a digest holds at most. */
const TEN: readonly Shown[] = Array.from({ length: 10 }, (_, at): Shown => {
  const fact = { ...(GAMES[at % GAMES.length] ?? game()), id: gameId(at + 1) }
  return { game: fact.id, fact, section: SECTIONS[Math.floor(at / 2)] ?? 'acclaimed' }
})

function digests(strings: Strings): Readonly<Record<string, Reply>> {
  const about = { delivery: 'aZ3_kd9-Qw1x' as AnswerId, cover: undefined, strings }
  const digest = (shown: readonly Shown[], genres: readonly string[] = []) =>
    digestReply({ ...about, subscription: { genres, call: undefined }, shown })
  const oneOfEach = TEN.filter((_, at) => [0, 3, 5, 6, 8].includes(at))
  return {
    digest: digest(oneOfEach, ['Roguelike', HOSTILE]),
    'digest-of-one': digest(TEN.slice(0, 1)),
    'digest-of-ten': digest(TEN),
    'digest-preview': previewOf(strings.digest.preview(2), TEN.slice(2, 4), strings),
    'digest-nothing-new': note('answer', strings.digest.nothingNew),
    'digest-nothing-known': note('answer', strings.digest.nothingKnown(['Roguelike'], strings.language)),
  }
}

/** By name, such as `recommend.ko`, as `user` reads them. */
export function spokenReplies(locale: Locale, user: UserKey): Readonly<Record<string, Reply>> {
  const strings = wordsWithExamples(locale, markedFormatterFor({ user, locale }), kindOfPlace(user))
  const pages = Object.entries(ABOUTS).map(([name, about]) => [
    name,
    privatePage(view(strings, about, picks), name === 'recommend' ? STEAM_ID : undefined),
  ])
  const problems = Object.entries(PROBLEMS).map(([name, problem]) => [
    name,
    note('answer', explainProblem(problem, strings)),
  ])
  const full = view(strings, ABOUTS.recommend, picks)
  const share = { answer: full.answer.id, at: NOW }
  const [first] = GAMES
  const named: [string, Reply][] = [
    ['empty', privatePage(view(strings, ABOUTS.recommend, []), undefined)],
    ['shared', sharedPage(full, { ...share, what: 'page' })],
    [
      'shared-game',
      sharedPage(view(strings, ABOUTS.recommend, picks.slice(0, 1)), { ...share, what: gameId(1) }),
    ],
    ['abroad', abroad(full)],
    ['may-not-post', note('aside', strings.notices.mayNotPost(['View Channel', 'Embed Links'], 'a1b2c3'))],
    ['not-invited', note('aside', strings.notices.notInvited('a1b2c3'))],
    ['help', help(strings)],
    ['failure', note('aside', strings.failures.ours('a1b2c3'))],
    ...(first
      ? [['card', cardAlone(full, first, { isAsker: true, said: 'like' })] satisfies [string, Reply]]
      : []),
  ]
  const all = [...pages, ...problems, ...named, ...Object.entries(digests(strings))] as [string, Reply][]
  return Object.fromEntries(all.map(([name, reply]) => [`${name}.${locale}`, reply]))
}
