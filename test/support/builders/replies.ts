import type { Action, Opinion } from '../../../core/action.ts'
import { cardButtons, openButton } from '../../../core/cards/buttons.ts'
import { type AnswerId, gameId, type SteamId } from '../../../core/ids.ts'
import type { Block, Button, GameCard, Reply } from '../../../core/reply.ts'
import { stringsIn } from '../../../core/strings/strings.ts'

/** Example replies of every sort. Each platform's golden files show how it renders them. */

const ANSWER = 'aZ3_kd9-Qw1x' as AnswerId
const STEAM_ID = '76561197960287930' as SteamId
const STORE = 'https://store.steampowered.com/app'
const EN = stringsIn('en')
const POWERED_BY_STEAM = 'Powered by Steam'

/** What a card has beside the game itself. */
const BARE = { mark: undefined, buttons: [], open: undefined } as const

const HADES: GameCard = {
  title: 'Hades',
  url: `${STORE}/1145360`,
  imageUrl: 'https://shared.akamai.steamstatic.com/store_item_assets/steam/apps/1145360/header.jpg',
  description: 'Defy the god of the dead as you hack and slash out of the Underworld of Greek myth.',
  facts: [
    { label: 'Price', value: '$12.49 (−50%, was $24.99)' },
    { label: 'Reviews', value: 'Overwhelmingly positive (98% of 226,432 reviews)' },
    { label: 'Released', value: 'Sep 17, 2020' },
    { label: 'Developer', value: 'Supergiant Games' },
    { label: 'Tags', value: 'Action Roguelike, Indie, Hack and Slash, Mythology, Great Soundtrack' },
  ],
  reason: 'Because you own Bastion (41%), Transistor (33%), and Dead Cells (12%)',
  ...BARE,
}

const STARDEW: GameCard = {
  title: 'Stardew Valley',
  url: `${STORE}/413150`,
  imageUrl: 'https://shared.akamai.steamstatic.com/store_item_assets/steam/apps/413150/header.jpg',
  description: "You've inherited your grandfather's old farm plot.",
  facts: [
    { label: 'Price', value: '$14.99' },
    { label: 'Reviews', value: 'Overwhelmingly positive (98% of 655,010 reviews)' },
    { label: 'Released', value: 'Feb 26, 2016' },
    { label: 'Developer', value: 'ConcernedApe' },
    { label: 'Tags', value: 'Farming Sim, Pixel Graphics, Multiplayer' },
  ],
  reason: 'Because you own Terraria (64%)',
  ...BARE,
}

/** Free, new, without picture, description or reviews: what a small catalogue knows of a small game. */
const UNKNOWN_GAME: GameCard = {
  title: 'Bouncing Duck Simulator',
  url: `${STORE}/773630`,
  imageUrl: undefined,
  description: undefined,
  facts: [
    { label: 'Price', value: 'Free' },
    { label: 'Reviews', value: 'No reviews yet' },
    { label: 'Released', value: 'unknown' },
    { label: 'Developer', value: 'unknown' },
    { label: 'Tags', value: 'unknown' },
  ],
  reason: 'Shares tags with the library and is well reviewed',
  ...BARE,
}

/** Everything that has ever meant something to Discord's or Slack's message format. */
const HOSTILE =
  '@everyone <!channel> <@1> <@&2> <#3> </ban:4> <t:5:R> <:e:6> **b** __u__ ~~s~~ ||x|| `c` ```\ncode\n``` # h\n> q\n- l\n1. n\n-# s [click](https://evil.example) <https://evil.example|ok> https://evil.example &amp; \u202Egnp.exe \u200Bzero\u0000nul'

const HOSTILE_GAME: GameCard = {
  title: HOSTILE,
  url: `${STORE}/1`,
  imageUrl: 'javascript:alert(1)',
  description: HOSTILE,
  facts: [
    { label: 'Developer', value: HOSTILE },
    { label: 'Tags', value: '@here' },
    { label: 'Price', value: '' },
  ],
  reason: `Because you own ${HOSTILE} (100%)`,
  ...BARE,
}

/** Five of these are past every limit of both platforms, with characters that escape to two and emoji of two units. */
function endlessGame(id: number): GameCard {
  const endless = '*🕹️_&'.repeat(1500)
  return {
    title: endless,
    url: `${STORE}/${id}`,
    imageUrl: HADES.imageUrl,
    description: endless,
    facts: Array.from({ length: 30 }, (_, index) => ({ label: `${index} ${endless}`, value: endless })),
    reason: endless,
    ...BARE,
    mark: endless,
  }
}

const turn = (label: string, page: number, disabled: boolean): Button => ({
  label,
  action: { verb: 'page', answer: ANSWER, page, steamId: STEAM_ID } satisfies Action,
  disabled,
})

const share = (page: number): Button => ({
  label: '📣 Share',
  action: { verb: 'share', answer: ANSWER, page },
  disabled: false,
})

const takeBack: Button = {
  label: EN.buttons.takeBack,
  action: { verb: 'unshare', answer: ANSWER, what: 'page', at: new Date('2026-11-27T12:00:00Z') },
  disabled: false,
}

const game = (card: GameCard): Block => ({ kind: 'game', card })

/** The card as it stands on a page of the asker's. */
const onPage = (card: GameCard, place: number, said?: Opinion): Block => {
  const about = { answer: ANSWER, game: gameId(place), said }
  const buttons = cardButtons({ ...about, own: true, page: { steamId: STEAM_ID }, explained: true }, EN)
  return game({ ...card, buttons, open: openButton({ ...about, name: card.title, place }) })
}

const shared = (card: GameCard, place: number): Block => {
  const open = openButton({ answer: ANSWER, game: gameId(place), said: undefined, name: card.title, place })
  return game({ ...card, reason: undefined, open })
}

const panel = (card: GameCard, said: Opinion | undefined, own: boolean): Reply => ({
  delivery: 'aside',
  summary: card.title,
  blocks: [
    game({
      ...card,
      buttons: cardButtons({ answer: ANSWER, game: gameId(1145360), said, ...panelOf(own) }, EN),
    }),
    { kind: 'hint', text: [POWERED_BY_STEAM] },
  ],
  buttons: [],
  attachments: [],
})

const panelOf = (own: boolean) => ({ own, page: undefined, explained: own })

const head: Block = {
  kind: 'text',
  text: [
    { bold: '10 indie picks from 512 games' },
    ' in ',
    { link: `the library of ${STEAM_ID}`, href: `https://steamcommunity.com/profiles/${STEAM_ID}` },
  ],
}

export const replies = {
  plain: {
    delivery: 'answer',
    summary: '10 indie picks from 512 games',
    blocks: [
      head,
      game(HADES),
      game(STARDEW),
      game(UNKNOWN_GAME),
      { kind: 'hint', text: [`Page 1 of 2 · ${POWERED_BY_STEAM}`] },
    ],
    buttons: [turn('◀ Previous', 0, true), turn('Next ▶', 1, false), share(0)],
    attachments: [],
  },
  'page-two': {
    delivery: 'answer',
    summary: '10 indie picks from 512 games',
    blocks: [
      head,
      {
        kind: 'text',
        text: [
          'Steam isn’t answering, so this uses the library from 2 hours ago. Playtime is hidden, so all games count the same.',
        ],
      },
      game(STARDEW),
      { kind: 'hint', text: [`Page 2 of 2 · ${POWERED_BY_STEAM}`] },
    ],
    buttons: [turn('◀ Previous', 0, false), turn('Next ▶', 2, true), share(1)],
    attachments: [],
  },
  'no-image': {
    delivery: 'answer',
    summary: '1 indie pick from 1 game',
    blocks: [
      { kind: 'text', text: [{ bold: '1 indie pick from 1 game' }] },
      game(UNKNOWN_GAME),
      { kind: 'hint', text: [POWERED_BY_STEAM] },
    ],
    buttons: [share(0)],
    attachments: [],
  },
  hostile: {
    delivery: 'answer',
    summary: HOSTILE,
    blocks: [
      { kind: 'text', text: [{ bold: HOSTILE }, ' ', { link: HOSTILE, href: `${STORE}/1?a=(b)&c=<d>|e` }] },
      { kind: 'text', text: [HOSTILE] },
      game(HOSTILE_GAME),
      { kind: 'hint', text: [HOSTILE] },
    ],
    buttons: [share(0)],
    attachments: [],
  },
  'too-long': {
    delivery: 'answer',
    summary: '*🕹️_&'.repeat(1500),
    blocks: [
      { kind: 'text', text: [{ bold: '*🕹️_&'.repeat(1500) }] },
      ...[1, 2, 3, 4, 5].map((id) => game(endlessGame(id))),
      { kind: 'hint', text: ['*🕹️_&'.repeat(1500)] },
    ],
    buttons: [turn('◀ Previous'.repeat(20), 0, true), turn('Next ▶', 1, false), share(0)],
    attachments: [],
  },
  'with-buttons': {
    delivery: 'answer',
    summary: '10 indie picks from 512 games',
    blocks: [
      head,
      onPage(HADES, 1, 'like'),
      onPage(STARDEW, 2, 'played'),
      onPage({ ...UNKNOWN_GAME, title: HOSTILE }, 3, 'skip'),
      onPage({ ...UNKNOWN_GAME, title: '' }, 4),
      onPage(UNKNOWN_GAME, 5),
      { kind: 'hint', text: [`Page 1 of 2 · ${POWERED_BY_STEAM}`] },
    ],
    buttons: [turn('◀ Previous', 0, true), turn('Next ▶', 1, false), share(0)],
    attachments: [],
  },
  panel: panel(HADES, 'like', true),
  'panel-of-a-reader': panel({ ...HADES, reason: undefined }, undefined, false),
  why: {
    delivery: 'aside',
    summary: 'Why Hades',
    blocks: [
      { kind: 'text', text: [{ bold: 'Why Hades' }] },
      { kind: 'text', text: ['• Bastion, which you own: 41%'] },
      { kind: 'text', text: [`• ${HOSTILE}, which you like: 33%`] },
      { kind: 'hint', text: [EN.why.meaning] },
    ],
    buttons: [],
    attachments: [],
  },
  empty: { delivery: 'answer', summary: '', blocks: [], buttons: [], attachments: [] },
  problem: {
    delivery: 'answer',
    summary: 'This profile hides its games.',
    blocks: [
      {
        kind: 'text',
        text: [
          'This profile hides its games. Its owner can show them: Steam → Profile → Edit Profile → Privacy Settings → Game details: Public.',
        ],
      },
    ],
    buttons: [],
    attachments: [],
  },
  aside: {
    delivery: 'aside',
    summary: 'These are somebody else’s picks.',
    blocks: [{ kind: 'text', text: ['These are somebody else’s picks. Ask for your own with /recommend.'] }],
    buttons: [],
    attachments: [],
  },
  shared: {
    delivery: 'channel',
    summary: '2 indie picks',
    blocks: [
      { kind: 'text', text: [{ bold: '2 indie picks' }] },
      shared(HADES, 1),
      shared(UNKNOWN_GAME, 2),
      { kind: 'hint', text: [POWERED_BY_STEAM] },
    ],
    buttons: [takeBack],
    attachments: [],
  },
  withdrawal: {
    delivery: 'withdrawal',
    summary: EN.notices.takenBack,
    blocks: [{ kind: 'text', text: [EN.notices.takenBack] }],
    buttons: [],
    attachments: [],
  },
} as const satisfies Record<string, Reply>
