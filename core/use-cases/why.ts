import { reasonFor } from '../cards/game-card.ts'
import type { Ports } from '../ports.ts'
import type { StoredPick } from '../recommend/answers.ts'
import type { Block, Reply } from '../reply.ts'
import type { Words } from '../strings/language.ts'
import { explainedAside } from './answering.ts'

/** All that speaks for a pick. It names games of a library, so it is for the asker alone. */
export async function why({ catalogue }: Ports, pick: StoredPick, words: Words): Promise<Reply> {
  const game = (await catalogue.facts([pick.game])).get(pick.game)
  if (!game) return explainedAside({ kind: 'answer-gone' }, words)
  const head = words.why.head(game.name)
  return {
    delivery: 'aside',
    summary: head,
    blocks: [{ kind: 'text', text: [{ bold: head }] }, ...reasons(pick, words)],
    buttons: [],
    attachments: [],
  }
}

function reasons(pick: StoredPick, words: Words): Block[] {
  if (pick.reasons.length === 0) return [{ kind: 'text', text: [reasonFor(pick, words)] }]
  return [
    ...pick.reasons.map((reason) => ({ kind: 'text' as const, text: [`• ${words.why.share(reason)}`] })),
    { kind: 'hint', text: [words.why.meaning] },
  ]
}
