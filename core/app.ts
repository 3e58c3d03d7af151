import { randomBytes } from 'node:crypto'
import type { Action } from './action.ts'
import type { App, Ask, Choice } from './ask.ts'
import { note, pageCount, picksOnPage, privatePage, sharedPage } from './cards.ts'
import type { AnswerId, SteamId, UserKey } from './ids.ts'
import type { Answers, Catalogue, Libraries, Scorer, StoredAnswer, StoredPick } from './ports.ts'
import type { Problem } from './problem.ts'
import { readFilter } from './read-filter.ts'
import { type Read, readLibrary } from './read-library.ts'
import { type Recommended, recommendFor } from './recommend.ts'
import type { Reply } from './reply.ts'
import { explainProblem, filterWords } from './words.ts'

export type Ports = {
  readonly libraries: Libraries
  readonly catalogue: Catalogue
  readonly scorer: Scorer
  readonly answers: Answers
  readonly now?: () => Date
}

type RecommendAsk = Extract<Ask, { kind: 'recommend' }>

/** Discord shows at most 25 choices; Slack has no completion. */
const MAX_CHOICES = 25

export function createApp(ports: Ports): App {
  return {
    ask: (ask) => (ask.kind === 'recommend' ? recommend(ports, ask) : press(ports, ask.user, ask.action)),
    suggest: (_option, typed) => suggestGenre(ports.catalogue, typed),
    undelivered: async (ask) => {
      if (ask.kind === 'press' && ask.action.verb === 'share')
        await ports.answers.releaseShare(ask.action.answer)
    },
  }
}

async function recommend(ports: Ports, ask: RecommendAsk): Promise<Reply> {
  const filter = await readFilter(ports.catalogue, { ...ask, mature: ask.matureAllowed })
  if ('kind' in filter) return explained(filter)
  const read = await readLibrary(ports.libraries, ask.player)
  if ('kind' in read) return explained(read)
  const recommended = await recommendFor(ports, read.games, filter, ask.count)
  if (recommended.picks.length === 0) return explained({ kind: 'nothing-left', filters: filterWords(ask) })
  const answer = toAnswer(ask.user, recommended, read)
  await ports.answers.save(answer)
  return show(ports, answer, 0, read.steamId)
}

function toAnswer(user: UserKey, found: Recommended, read: Read): StoredAnswer {
  const names = new Map(read.games.map((owned) => [owned.game, owned.name]))
  const picks = found.picks.map(
    (pick): StoredPick => ({
      ...pick,
      reasons: pick.reasons.flatMap((reason) => {
        const name = found.facts.get(reason.game)?.name ?? names.get(reason.game)
        return name === undefined ? [] : [{ ...reason, name }]
      }),
    }),
  )
  return {
    id: randomBytes(9).toString('base64url') as AnswerId,
    user,
    picks,
    gamesRead: read.games.length,
    playtimeHidden: read.games.every((owned) => owned.minutes === 0),
    source: found.source,
    staleSince: read.staleSince,
  }
}

async function press(ports: Ports, user: UserKey, action: Action): Promise<Reply> {
  const answer = await ports.answers.find(action.answer)
  if (!answer || action.page >= pageCount(answer)) return aside({ kind: 'answer-gone' })
  if (answer.user !== user) return aside({ kind: 'not-yours' })
  switch (action.verb) {
    case 'page':
      return show(ports, answer, action.page, action.steamId)
    case 'share':
      return (await ports.answers.claimShare(answer.id))
        ? sharedPage(await view(ports, answer, action.page))
        : aside({ kind: 'already-shared' })
  }
}

async function show(
  ports: Ports,
  answer: StoredAnswer,
  page: number,
  steamId: SteamId | undefined,
): Promise<Reply> {
  return privatePage(await view(ports, answer, page), steamId)
}

/** Facts are read anew for each page, so that a price on page two is today's. */
async function view(ports: Ports, answer: StoredAnswer, page: number) {
  const facts = await ports.catalogue.facts(picksOnPage(answer, page).map((pick) => pick.game))
  return { answer, page, facts, now: ports.now?.() ?? new Date() }
}

async function suggestGenre(catalogue: Catalogue, typed: string): Promise<readonly Choice[]> {
  const labels = await catalogue.labels(typed, MAX_CHOICES)
  return labels.map(({ name, games }) => ({ name: `${name} (${games})`, value: name }))
}

function explained(problem: Problem): Reply {
  return note('answer', explainProblem(problem))
}

function aside(problem: Problem): Reply {
  return note('aside', explainProblem(problem))
}
