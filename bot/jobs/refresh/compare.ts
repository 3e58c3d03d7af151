import type { GameId } from '../../../core/ids.ts'
import type { Figures, Pinned } from '../../../core/training/refresh.ts'
import { checkPinned } from '../../../core/training/sanity-checks.ts'
import { objections } from '../../../inference/evaluation/gate.ts'
import { type Judged, judge, judgesAmong } from '../../../inference/evaluation/held-out-players.ts'
import { pairedDifference } from '../../../inference/evaluation/paired-bootstrap.ts'
import { type LocalScorer, openLocalScorer } from '../../../inference/serving/local-scorer.ts'
import type { TrainedAside } from '../../../inference/training/train.ts'
import type { Course } from './course.ts'
import type { RefreshParts } from './parts.ts'
import { gamesOf, type Serving } from './serving.ts'

type Compared = {
  readonly course: Course
  readonly candidate: TrainedAside
  readonly serving: Serving | undefined
}

/** Holds a candidate against the serving model, by the same players. Returns why it must not be served. */
export async function compare(
  parts: RefreshParts,
  { course, candidate, serving }: Compared,
): Promise<string[]> {
  const indie = await parts.catalogue.indie()
  const vocabularies = [[...candidate.vocabulary], ...(serving ? [await gamesOf(serving.folder)] : [])]
  const judges = judgesAmong(await parts.warehouse.heldOut(), vocabularies, new Set<number>(indie))
  course.note({ judges: judges.length })
  if (judges.length === 0) {
    return ['no held-out player has 21 games and 5 played indie games to judge by: import more players']
  }
  const known = new Set(vocabularies.flat())
  const offered = indie.filter((game) => known.has(game))
  const measure = (scorer: LocalScorer) => judge(scorer, judges, offered)
  const before = serving && (await withScorer(parts, serving.folder, measure))
  const { after, pinned } = await withScorer(parts, candidate.folder, async (scorer) => ({
    after: await measure(scorer),
    pinned: await checkAll(parts, scorer),
  }))
  const difference = before && pairedDifference(before.each, after.each)
  const evidence = { before: before && figuresOf(before), after: figuresOf(after), difference, pinned }
  course.note(evidence)
  return objections(evidence)
}

/** One model at a time, so that two are never in memory. On the CPU, where every model fits. */
async function withScorer<T>(
  { log }: RefreshParts,
  folder: string,
  work: (scorer: LocalScorer) => Promise<T>,
): Promise<T> {
  const scorer = await openLocalScorer(folder, 'cpu', log)
  try {
    return await work(scorer)
  } finally {
    await scorer.release()
  }
}

async function checkAll({ catalogue, pinned }: RefreshParts, scorer: LocalScorer): Promise<Pinned[]> {
  const games = new Set(scorer.games)
  const knows = (game: GameId) => games.has(game)
  const checked: Pinned[] = []
  for (const library of pinned) checked.push(await checkPinned({ catalogue, scorer }, library, knows))
  return checked
}

function figuresOf({ ndcg100, precision10, recall20, coverage10 }: Judged): Figures {
  return { ndcg100, precision10, recall20, coverage10 }
}
