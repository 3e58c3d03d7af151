import { expect, it } from 'vitest'
import { createApp } from '../../../core/app.ts'
import type { AverageTaste } from '../../../core/catalogue/average-taste.ts'
import type { RequestOf } from '../../../core/command-request.ts'
import { gameId } from '../../../core/ids.ts'
import type { OwnedGame } from '../../../core/players/library.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import type { Reply } from '../../../core/reply.ts'
import { game } from '../../support/builders/games.ts'
import { asker } from '../../support/builders/requesters.ts'
import {
  libraryOf,
  memoryCatalogue,
  memoryLibraries,
  memoryPorts,
  STEAM_ID,
} from '../../support/fakes/ports.ts'

const shelf = [
  game({ id: gameId(1), tags: ['Roguelike', 'Singleplayer'], genres: ['Indie'] }),
  game({ id: gameId(2), tags: ['Singleplayer'], genres: ['Indie', 'Sports'] }),
  game({ id: gameId(3), tags: [], genres: [] }),
]

const average: AverageTaste = {
  tag: new Map([
    ['Singleplayer', { played: 0.9, owned: 0.9 }],
    ['Roguelike', { played: 0.05, owned: 0.1 }],
  ]),
  genre: new Map([['Indie', { played: 0.3, owned: 0.5 }]]),
}

const owns = (id: number, minutes: number): OwnedGame => ({ game: gameId(id), minutes, name: undefined })

function taste(
  games: readonly OwnedGame[],
  more: Partial<RequestOf<'taste'>> & { known?: AverageTaste } = {},
) {
  const { known = average, ...asked } = more
  const app = createApp(
    memoryPorts({ catalogue: memoryCatalogue(shelf, known), libraries: memoryLibraries(libraryOf(games)) }),
  )
  return app.handle({
    ...{ ...asker(), kind: 'taste' },
    player: { kind: 'steam', ...readAccount(STEAM_ID) },
    ...asked,
  })
}

function chartIn(reply: Reply) {
  const [attachment] = reply.attachments
  if (attachment?.kind !== 'chart') throw new Error('there is no chart')
  return attachment
}

it('draws the shares of a library against the average player’s', async () => {
  const reply = await taste([owns(1, 90), owns(2, 10), owns(3, 5)])
  const { chart, name } = chartIn(reply)
  expect(name).toBe('taste.png')
  expect(chart.series).toEqual(['share of playtime', 'share of games'])
  expect(chart.marker).toBe('average player')
  expect(chart.note).toBe('Tags are known for 2 of 3 games · Powered by Steam')
  expect(chart.groups.map(({ title, rows }) => [title, rows.map(({ label }) => label)])).toEqual([
    ['Tags that stand out', ['Singleplayer', 'Roguelike']],
    ['Genres', ['Indie', 'Sports']],
  ])
  expect(chart.groups[0]?.rows[1]?.bars).toEqual([
    { share: 0.9, marker: 0.05, words: '90% · avg 5%' },
    { share: 0.5, marker: 0.1, words: '50% · avg 10%' },
  ])
})

it('says in words what the picture shows', async () => {
  const reply = await taste([owns(1, 90), owns(2, 10)])
  expect(chartIn(reply).alt).toContain(
    'Roguelike: share of playtime 90% · avg 5%, share of games 50% · avg 10%',
  )
  expect(JSON.stringify(reply.blocks)).toContain('Far more than the average player: Roguelike.')
})

it('leaves playtime out where it is hidden, and says so', async () => {
  const reply = await taste([owns(1, 0), owns(2, 0)])
  expect(chartIn(reply).chart.series).toEqual(['share of games'])
  expect(JSON.stringify(reply.blocks)).toContain('Playtime is hidden')
})

it('compares with nobody before players were imported', async () => {
  const reply = await taste([owns(1, 5)], { known: { tag: new Map(), genre: new Map() } })
  expect(chartIn(reply).chart).toMatchObject({ marker: undefined })
  expect(chartIn(reply).alt).not.toContain('avg')
  expect(JSON.stringify(reply.blocks)).not.toContain('average player')
})

it('speaks Korean in the picture too', async () => {
  const reply = await taste([owns(1, 5)], { locale: 'ko' })
  expect(chartIn(reply).chart).toMatchObject({ title: '게임 취향', marker: '평균 플레이어' })
})

it('says so where nothing is known of the games', async () => {
  const reply = await taste([owns(3, 5), owns(99, 5)])
  expect(reply.summary).toBe(
    'I don’t know any tags for the games in this library, so I can’t draw a taste chart.',
  )
  expect(reply.attachments).toEqual([])
})
