import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { importGames } from '../../../../db/import/games/games.ts'
import { file, kaggleRow, kaggleTable, zip } from '../../../support/builders/import-files.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()

beforeEach(async () => {
  await db.deleteFrom('warehouse.game').execute()
})

const games = () => db.selectFrom('warehouse.game').selectAll().orderBy('appid').execute()
const appids = async () => (await games()).map((game) => game.appid)

const CELESTE = kaggleRow({
  'App ID': '504230',
  Name: 'Celeste &amp; Friends',
  'Short Description': 'Help "Madeline";\nclimb.',
  Developer: 'Maddy Makes Games, Inc., Extremely OK Games, Ltd.',
  Publisher: 'Maddy Makes Games',
  Genre: 'Action, Indie',
  Tags: 'Precision: Hard: 12, Platformer: 30, Pixel Graphics: 7',
  Categories: 'Single-player, Steam Cloud',
  Owners: '1,000,000 .. 2,000,000',
  'Positive Reviews': '900',
  'Negative Reviews': '20',
  Price: '499',
  'Initial Price': '1999',
  Discount: '75',
  CCU: '321',
  Languages: 'English<strong>*</strong>, French<br>languages with full audio support',
  Platforms: 'Windows, macOS',
  'Release Date': '2018-01-25',
  'Required Age': '',
  Website: 'http://www.celestegame.com',
  'Header Image': 'https://images.example/504230.jpg',
})

describe('importing games', () => {
  it('reads every column of the Kaggle table', async () => {
    const [summary] = await importGames(db, [await file(kaggleTable(CELESTE))])
    expect(summary).toMatchObject({ rows: 1, added: 1, changed: 0, duplicates: 0, bad: 0 })
    expect(await games()).toMatchObject([
      {
        appid: 504230,
        name: 'Celeste & Friends',
        description: 'Help "Madeline"; climb.',
        developers: ['Maddy Makes Games, Inc.', 'Extremely OK Games, Ltd.'],
        publishers: ['Maddy Makes Games'],
        genres: ['Action', 'Indie'],
        categories: ['Single-player', 'Steam Cloud'],
        tags: { 'Precision: Hard': 12, Platformer: 30, 'Pixel Graphics': 7 },
        type: 'game',
        indie: true,
        mature: false,
        positive: 900,
        negative: 20,
        review_percent: null,
        price_cents: 499,
        initial_cents: 1999,
        discount: 75,
        currency: 'USD',
        concurrent_players: 321,
        owners_min: 1_000_000,
        owners_max: 2_000_000,
        languages: ['English', 'French'],
        platforms: ['Windows', 'macOS'],
        release_date: '2018-01-25',
        release_precision: 'day',
        required_age: null,
        website: 'http://www.celestegame.com/',
        image_url: 'https://images.example/504230.jpg',
        source: 'kaggle',
      },
    ])
  })

  it('reads the Python literals of UCSD', async () => {
    const lines = [
      String.raw`{u'id': u'761140', u'app_name': u'Lost \u732b Kitty', u'title': u'Lost \u732b Kitty', u'genres': [u'Action', u'Indie'], u'tags': [u'Strategy', u'Indie'], u'specs': [u'Single-player'], u'price': 4.99, u'discount_price': 4.49, u'release_date': u'Jun 2017', u'developer': u'Kotoshiro', u'early_access': False}`,
      `{u'id': u'643980', u'app_name': u"Iron'bound", u'price': u'Free To Play', u'specs': [u'Downloadable Content'], u'url': u'x'}`,
      `{u'url': u'http://store.steampowered.com/app/7/Seven/', u'title': u'Seven', u'price': u'Install Now', u'release_date': u'Soon..'}`,
    ]
    await importGames(db, [await file(lines.join('\n'))])
    expect(await games()).toMatchObject([
      {
        appid: 7,
        name: 'Seven',
        price_cents: null,
        currency: null,
        release_date: null,
        indie: null,
        type: 'game',
      },
      { appid: 643980, name: "Iron'bound", price_cents: 0, currency: 'USD', type: 'dlc' },
      {
        appid: 761140,
        name: 'Lost 猫 Kitty',
        indie: true,
        price_cents: 449,
        initial_cents: 499,
        discount: 10,
        release_date: '2017-06-01',
        release_precision: 'month',
        source: 'ucsd',
      },
    ])
  })

  it('takes from the free list what it states and invents nothing', async () => {
    const line = {
      link: 'https://store.steampowered.com/app/42/',
      name: 'Free Thing',
      header_image: 'http://plain.example/42.jpg',
      reviews: '86% (Very Positive)',
      tags: ['Horror', 'Indie', 'Nudity'],
      last_updated: '2026-08-11T07:04:01Z',
    }
    await importGames(db, [await file(JSON.stringify(line))])
    expect(await games()).toMatchObject([
      {
        review_percent: 86,
        positive: null,
        negative: null,
        price_cents: 0,
        currency: 'USD',
        genres: [],
        indie: true,
        mature: true,
        image_url: null,
        stated_at: new Date('2026-08-11T07:04:01Z'),
      },
    ])
    const tags = (await games())[0]?.tags ?? {}
    expect(Object.keys(tags).toSorted((a, b) => (tags[b] ?? 0) - (tags[a] ?? 0))).toEqual(line.tags)
  })

  // Keys that a plain object has without anybody having put them there.
  const STRANGE = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

  it.each(STRANGE)('reads the rows round one whose texts are all %s', async (strange) => {
    const game = (appid: number, fields: object) => JSON.stringify({ link: `/app/${appid}`, ...fields })
    const files = {
      kaggle: kaggleTable(
        kaggleRow({ 'App ID': '1' }),
        kaggleRow({
          ...{ 'App ID': '2', Name: strange, Type: strange, Genre: strange, Tags: `${strange}: 3` },
          ...{ Categories: strange, Languages: strange, Platforms: strange, Developer: strange },
        }),
        kaggleRow({ 'App ID': '3' }),
      ),
      ucsd: [
        `{u'app_name': u'A', u'id': u'4'}`,
        `{u'app_name': u'${strange}', u'id': u'5', u'genres': [u'${strange}'], u'tags': [u'${strange}'], u'${strange}': u'x'}`,
        `{u'app_name': u'B', u'id': u'6'}`,
      ].join('\n'),
      free: [
        game(7, { name: 'A' }),
        game(8, { name: strange, tags: [strange], languages: [strange], platforms: [strange] }),
        game(9, { name: 'B' }),
      ].join('\n'),
    }
    for (const content of Object.values(files)) {
      expect(await importGames(db, [await file(content)])).toMatchObject([{ rows: 3, added: 3, bad: 0 }])
    }
    expect(await appids()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    const [, kaggle] = await games()
    expect(kaggle).toMatchObject({ name: strange, type: 'other', genres: [strange] })
    expect(Object.entries(kaggle?.tags ?? {})).toEqual([[strange, 3]])
  })

  it('changes nothing the second time', async () => {
    const source = await file(kaggleTable(CELESTE, kaggleRow({ 'App ID': '20' })))
    await importGames(db, [source])
    const before = await games()
    const [again] = await importGames(db, [source])
    expect(again).toMatchObject({ rows: 2, added: 0, changed: 0 })
    expect(await games()).toEqual(before)
  })

  it('takes newer values, and never lets an empty one erase', async () => {
    await importGames(db, [await file(kaggleTable(CELESTE))])
    const newer = kaggleRow({
      'App ID': '504230',
      Name: 'Celeste',
      Price: '999',
      'Positive Reviews': '901',
      'Negative Reviews': '',
    })
    const [summary] = await importGames(db, [await file(kaggleTable(newer))])
    expect(summary).toMatchObject({ added: 0, changed: 1 })
    expect(await games()).toMatchObject([
      {
        name: 'Celeste',
        positive: 901,
        negative: 20,
        price_cents: 999,
        initial_cents: 999,
        discount: 0,
        description: 'Help "Madeline"; climb.',
        genres: ['Action', 'Indie'],
        indie: true,
        mature: false,
        tags: { 'Precision: Hard': 12, Platformer: 30, 'Pixel Graphics': 7 },
        image_url: 'https://images.example/504230.jpg',
        release_date: '2018-01-25',
      },
    ])
  })

  it('lets the last row of a game count', async () => {
    const rows = ['First', 'Second', 'Third'].map((Name) => kaggleRow({ Name }))
    const [summary] = await importGames(db, [await file(kaggleTable(...rows))])
    expect(summary).toMatchObject({ rows: 1, added: 1, duplicates: 2 })
    expect(await games()).toMatchObject([{ name: 'Third' }])
  })

  it('goes on after bad lines and shows the first ten', async () => {
    const bad = Array.from({ length: 12 }, (_, index) => kaggleRow({ 'App ID': `none${index}` }))
    const rows = [
      kaggleRow({ 'App ID': '1' }),
      ...bad,
      'too;few',
      '"never closed;',
      kaggleRow({ 'App ID': '2' }),
    ]
    const [summary] = await importGames(db, [await file(kaggleTable(...rows))])
    expect(summary).toMatchObject({ added: 2, bad: 14 })
    expect(summary?.badLines).toHaveLength(10)
    expect(summary?.badLines[0]).toEqual({
      line: 3,
      reason: 'the App ID is not a game number',
      excerpt: 'none0;Some Game;;;;;;game;;;0;0;;;;;;;;;;',
    })
    expect(await appids()).toEqual([1, 2])
  })

  it('merges several files in their order', async () => {
    const first = await file(
      kaggleTable(kaggleRow({ 'App ID': '1', Name: 'Old', Website: 'https://known.example/' })),
    )
    const second = await file(kaggleTable(kaggleRow({ 'App ID': '1', Name: 'New' })))
    await importGames(db, [first, second])
    expect(await games()).toMatchObject([{ name: 'New', website: 'https://known.example/' }])
  })

  it('imports none of several files when one of them is broken', async () => {
    const good = await file(kaggleTable(CELESTE))
    await expect(importGames(db, [good, await file('<!DOCTYPE html><p>Not found')])).rejects.toThrow(
      'is a web page',
    )
    expect(await appids()).toEqual([])
  })
})

describe('the wrapping of a games file', () => {
  const table = Buffer.from(kaggleTable(CELESTE))

  it.each([
    ['gzip', () => gzipSync(table)],
    [
      'two gzip members',
      () => Buffer.concat([gzipSync(table.subarray(0, 300)), gzipSync(table.subarray(300))]),
    ],
    ['zip', () => zip({ 'games.csv': table })],
    [
      'zip behind other entries',
      () => zip({ '__MACOSX/._x': table, 'README.md': Buffer.from('# Read me'), 'x/data': table }),
    ],
    ['gzip in zip', () => zip({ 'games.csv.gz': gzipSync(table) })],
    ['byte order mark', () => Buffer.concat([Buffer.from('\uFEFF'), table])],
    ['CRLF lines', () => Buffer.from(table.toString().replaceAll('\n', '\r\n'))],
  ])('%s is opened, whatever the name of the file', async (_, wrap) => {
    await importGames(db, [await file(wrap(), 'picture.png')])
    expect(await appids()).toEqual([504230])
  })
})

describe('a file that cannot be imported', () => {
  const table = Buffer.from(
    kaggleTable(...Array.from({ length: 2_000 }, (_, i) => kaggleRow({ 'App ID': `${i + 1}` }))),
  )
  const packed = gzipSync(table)
  const archive = zip({ 'games.csv': table })
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

  it.each([
    ['an empty file', Buffer.alloc(0), 'is empty.'],
    ['a gzip of nothing', gzipSync(Buffer.alloc(0)), 'is empty.'],
    ['blank lines', Buffer.from('\n\n  \n'), 'is empty.'],
    [
      'a truncated gzip',
      packed.subarray(0, packed.length - 100),
      'is truncated: its gzip data ends too early.',
    ],
    [
      'a damaged gzip',
      Buffer.concat([packed.subarray(0, 60), Buffer.alloc(60), packed.subarray(120)]),
      'holds damaged gzip data.',
    ],
    ['a truncated zip', archive.subarray(0, archive.length - 30), 'is a truncated or damaged zip.'],
    [
      'a zip with a damaged entry',
      Buffer.concat([archive.subarray(0, 60), Buffer.alloc(20), archive.subarray(80)]),
      'zip',
    ],
    [
      'a zip without data',
      zip({ 'a.txt': Buffer.from('hello') }),
      'is a zip without a file that can be imported.',
    ],
    ['an empty zip', zip({}), 'is a zip without a file that can be imported.'],
    [
      'gzip in gzip in gzip in gzip in gzip',
      gzipSync(gzipSync(gzipSync(gzipSync(packed)))),
      'packed more than 3 times over.',
    ],
    ['a picture', png, 'is not a text file; expected the Kaggle table'],
    ['a JSON array', Buffer.from('[{"link": "x"}]'), 'is in no known format; expected the Kaggle table'],
    ['a web page', Buffer.from('<html><body>404'), 'is a web page, not a data file'],
    ['players', Buffer.from("{'user_id': '1', 'items': []}"), 'holds players'],
    [
      'a table of bad rows',
      Buffer.from(kaggleTable('x', 'y')),
      'holds nothing to import; line 2: 1 columns instead of 22.',
    ],
    ['a header alone', Buffer.from(kaggleTable()), 'holds nothing to import.'],
  ])('%s is one sentence, and the catalogue stays as it was', async (_, content, sentence) => {
    await importGames(db, [await file(kaggleTable(CELESTE))])
    const before = await games()
    await expect(importGames(db, [await file(content)])).rejects.toThrow(sentence)
    expect(await games()).toEqual(before)
  })

  it('is named when it is not there', async () => {
    await expect(importGames(db, ['nowhere.csv'])).rejects.toThrow('nowhere.csv does not exist')
  })
})
