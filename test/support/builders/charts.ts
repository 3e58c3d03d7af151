import type { Chart } from '../../../core/chart.ts'
import type { Reply } from '../../../core/reply.ts'

/** Charts and files as replies carry them. */

export const HOSTILE = '</text><script>alert("1")</script> & \u202Eevil\u0000\uFFFF \uD800 **bold** <@1>'

const bar = (share: number, marker: number | undefined) => ({
  ...{ share, marker },
  words: `${Math.round(share * 100)}%${marker === undefined ? '' : ` · avg ${Math.round(marker * 100)}%`}`,
})

export const TASTE: Chart = {
  title: 'Game taste',
  note: 'Tags are known for 201 of 214 games · Powered by Steam',
  series: ['share of playtime', 'share of games'],
  marker: 'average player',
  groups: [
    {
      title: 'Tags that stand out',
      rows: [
        { label: 'Roguelike', bars: [bar(0.42, 0.03), bar(0.21, 0.08)] },
        { label: 'Deckbuilding', bars: [bar(0.15, 0.01), bar(0.08, 0.02)] },
      ],
    },
    { title: 'Genres', rows: [{ label: 'Indie', bars: [bar(0.79, 0.2), bar(0.6, 0.4)] }] },
  ],
}

/** The same chart with as many bars, and a stranger's words everywhere. */
export function hostileChart(words: string): Chart {
  const row = {
    label: words,
    bars: [
      { share: Number.NaN, marker: 7, words },
      { share: -1, marker: undefined, words },
    ],
  }
  return {
    title: words,
    note: words,
    series: [words, words],
    marker: words,
    groups: [{ title: words, rows: [row, row] }],
  }
}

const bare = { delivery: 'answer', buttons: [] } as const

export const pictureReply: Reply = {
  ...bare,
  summary: 'Taste based on 201 games',
  blocks: [
    { kind: 'text', text: [{ bold: 'Taste based on 201 games' }] },
    { kind: 'hint', text: ['Powered by Steam'] },
  ],
  attachments: [
    {
      kind: 'chart',
      name: 'taste.png',
      chart: TASTE,
      alt: 'Game taste; Roguelike: share of playtime 42% · avg 3%',
    },
  ],
}

export const fileReply: Reply = {
  ...bare,
  summary: 'All that is stored about you.',
  blocks: [{ kind: 'text', text: ['All that is stored about you.'] }],
  attachments: [{ kind: 'file', name: 'indiescout.json', text: '{"locale":"ko"}' }],
}
