import { describe, expect, it } from 'vitest'
import { classify, type Labels } from '../../../../db/import/games/classify.ts'

const labels = (some: Partial<Labels>): Labels => ({
  name: 'Some Game',
  type: 'game',
  genres: [],
  categories: [],
  tags: [],
  requiredAge: undefined,
  ...some,
})
const tags = (...names: string[]) => names.map((name) => ({ name, votes: 1 }))

describe('the type of a game', () => {
  it.each([
    [{ name: 'Celeste' }, 'game'],
    [{ name: 'Demolition Derby' }, 'game'],
    [{ name: 'Party Animals Playtest' }, 'demo'],
    [{ name: 'Puzzle Walker (Demo)' }, 'demo'],
    [{ name: 'Celeste - Original Soundtrack' }, 'soundtrack'],
    [{ name: 'Unturned - Dedicated Server' }, 'tool'],
    [{ genres: ['Casual', 'Indie', 'Utilities'] }, 'tool'],
    [{ categories: ['Single-player', 'Downloadable Content'] }, 'dlc'],
    [{ type: 'DLC' }, 'dlc'],
    [{ type: 'hardware' }, 'other'],
    [{ type: undefined }, undefined],
    [{ type: undefined, tags: tags('Software') }, 'tool'],
    [{ type: undefined, tags: tags('Design & Illustration') }, undefined],
  ])('%o is %s', (some, type) => {
    expect(classify(labels(some)).type).toBe(type)
  })
})

const NO_GAMES = [
  ...[
    'Stoneshard: Prologue',
    'Wartime Prologue',
    'Zoria: Prologue (2020)',
    'Gas Station Simulator: Prologue - Early Days',
  ],
  ...[
    'Hell Architect: Prologue Playtest',
    '无极修仙传·序章',
    'Тайна: Пролог',
    'Die Young: Prologue',
    'VICE:PROLOGUE - Beginning',
  ],
  ...[
    'Puzzle Walker (Demo)',
    'Flax Engine - Tech Demo 2022',
    '悟道（体验版）',
    '小拉试玩版',
    'Some Game Demo Version',
    'Gothic Playable Teaser',
  ],
  ...[
    'Taimanin Asagi 1: Trial',
    'HackHub: Free Trial',
    'Some Game Trial Version',
    'Party Animals Playtest',
    'Some Game Play Test',
  ],
  ...[
    'Secret Neighbor Beta',
    'Street Fighter™ 6 - Open Beta',
    'Battle Aces (Beta)',
    'Joint War - [BETA]',
    'Cat N Can beta test',
  ],
  ...[
    'Celeste Artbook',
    'Some Game - Digital Art Book',
    'Hotline Miami 2: Wrong Number Digital Comic',
    'Some Game - Comic Book #1',
  ],
  ...[
    'Celeste - Original Soundtrack',
    'Some Game OST',
    'We Happy Few - Soundtrack and Digital Goods Bundle',
    'Some Game Soundtrack Vol. 2',
  ],
  ...[
    'Dice Player One: Trailer',
    'Some Game - Launch Trailer',
    'Aura Wallpaper',
    'Some Game - Wallpaper Pack',
    'Planet Evolution PC Live Wallpaper',
  ],
  ...[
    'Some Game - Supporter Pack',
    'Some Game: Supporter’s Pack',
    'Some Game - Donation Pack',
    'Mechabellum Test Server',
  ],
]

/** Real games whose names hold such a word. */
const GAMES = [
  ...[
    'Trials Fusion™',
    'Trials of Mana',
    'Trials® Rising',
    'Urban Trial Freestyle',
    'Trial by Viking',
    'Trials of Fire',
  ],
  ...[
    'Midnight Mysteries: Salem Witch Trials',
    'Escape Artist: The Trial',
    'Toki Time Trial',
    "Tower Hunter: Erza's Trial",
  ],
  ...['The Trial', 'Dandara: Trials of Fear Edition', 'Jack Axe: The Trial', 'Prologue for a Vacant Kingdom'],
  ...[
    'L.S.D.: Prologue to Lasting Spiritual Derangement',
    'BAN: The Prologue of GUCHA GUCHA',
    'Forex Demo Accelerator',
  ],
  ...[
    'Democracy 4',
    'Demolition Derby',
    'Demon Turf',
    'Alpha & Beta',
    'Beta Runner',
    'Beta MAX',
    'PLANET ALPHA',
    'Alpha Protocol™',
  ],
  ...[
    'Environmental Station Alpha',
    'Please, Touch The Artwork',
    'Scribblenauts Unmasked: A DC Comics Adventure',
    'Comic Book Hero: The Greatest Cape',
  ],
  ...[
    'Meanwhile: An Interactive Comic Book',
    'Comic Book Tycoon',
    'Sinless + OST',
    'Time Of Special Team(T.O.S.T)',
    'The Lost Crown',
  ],
  ...[
    'Trailer Park Boys: Greasy Money',
    'Trucks & Trailers',
    'Trailer Shop Simulator',
    'Tech Support: Error Unknown',
  ],
  ...[
    'Sneaky IT Support',
    'The Jackbox Party Pack',
    'Leader of the Pack',
    'The Semen Donation Truck!',
    'Ostriv',
  ],
]

describe('a name', () => {
  it.each(NO_GAMES)('%s is no game’s', (name) => {
    expect(classify(labels({ name })).type).not.toBe('game')
  })

  it.each(GAMES)('%s is a game’s', (name) => {
    expect(classify(labels({ name })).type).toBe('game')
  })
})

describe('what Steam’s page tells', () => {
  const page = { hasParent: false }

  it.each([
    [{ name: 'The Beta', page }, 'game'],
    [{ name: 'Dice Player One: Trailer', page }, 'game'],
    [{ name: 'Secret Neighbor Beta', page }, 'game'],
    [{ name: 'Some Name', type: 'demo', page }, 'demo'],
    [{ name: 'Some Name', type: 'music', page }, 'soundtrack'],
    [{ name: 'Trials Fusion', page: { hasParent: true } }, 'demo'],
    [{ name: 'Trials Fusion', type: 'dlc', page: { hasParent: true } }, 'dlc'],
  ])('%o goes before the name: %s', (some, type) => {
    expect(classify(labels(some)).type).toBe(type)
  })

  it.each(['Stoneshard: Prologue', 'Party Animals Playtest'])(
    '%s stays no game: Steam has no type for it',
    (name) => {
      expect(classify(labels({ name, page })).type).toBe('demo')
    },
  )
})

describe('indie', () => {
  it.each([
    [{ genres: ['Action', 'Indie'] }, true],
    [{ genres: ['Action'], tags: tags('Indie') }, false],
    [{ genres: ['Инди'] }, true],
    [{ tags: tags('Indie') }, true],
    [{ tags: tags('Action') }, false],
    [{}, undefined],
  ])('%o is %s', (some, indie) => {
    expect(classify(labels(some)).indie).toBe(indie)
  })
})

describe('mature', () => {
  it.each([
    [{ tags: tags('Nudity') }, true],
    [{ genres: ['Sexual Content'] }, true],
    [{ tags: tags('Hentai', 'Puzzle') }, true],
    [{ requiredAge: 18 }, true],
    [{ tags: tags('Gore', 'Violent', 'Mature') }, false],
    [{ requiredAge: 17, tags: tags('Action') }, false],
    [{}, undefined],
  ])('%o is %s', (some, mature) => {
    expect(classify(labels(some)).mature).toBe(mature)
  })
})
