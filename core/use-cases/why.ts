import { reasonFor } from '../cards/game-card.ts'
import type { StoredPick } from '../recommend/answers.ts'
import type { Block, Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { explainedAside, type PagePorts } from './answering.ts'

/** All that speaks for a pick. It names games of a library, so it is for the asker alone. */
export async function why(
  { catalogue }: Pick<PagePorts, 'catalogue'>,
  pick: StoredPick,
  strings: Strings,
): Promise<Reply> {
  const game = (await catalogue.facts([pick.game])).get(pick.game)
  if (!game) return explainedAside({ kind: 'answer-gone' }, strings)
  const head = strings.why.head(game.name)
  return {
    delivery: 'aside',
    summary: head,
    blocks: [{ kind: 'text', text: [{ bold: head }] }, ...reasons(pick, strings)],
    buttons: [],
    attachments: [],
  }
}

function reasons(pick: StoredPick, strings: Strings): Block[] {
  if (pick.reasons.length === 0) return [{ kind: 'text', text: [reasonFor(pick, strings)] }]
  return [
    ...pick.reasons.map((reason) => ({ kind: 'text' as const, text: [`• ${strings.why.share(reason)}`] })),
    { kind: 'hint', text: [strings.why.meaning] },
  ]
}
