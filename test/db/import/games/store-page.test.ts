import { beforeEach, describe, expect, it } from 'vitest'
import { gameId } from '../../../../core/ids.ts'
import { readStoreAnswer, type StoreDetails } from '../../../../core/steam/store-details.ts'
import { importGames } from '../../../../db/import/games/games.ts'
import { createAppQueue } from '../../../../db/ingest/app-queue.ts'
import recorded from '../../../fixtures/steam/store_appdetails_620.json' with { type: 'json' }
import { file, kaggleRow, kaggleTable } from '../../../support/builders/import-files.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()
const queue = createAppQueue(db)
const AT = new Date('2026-11-26T04:00:00Z')
const later = (ms: number) => new Date(AT.getTime() + ms)

beforeEach(async () => {
  await db.deleteFrom('warehouse.game').execute()
  await db.deleteFrom('warehouse.store_app').execute()
})

const known = () => db.selectFrom('warehouse.game').selectAll().where('appid', '=', 620).executeTakeFirst()

function page(fields: Readonly<Record<string, unknown>> = {}): StoreDetails {
  const answer = readStoreAnswer(
    { '620': { success: true, data: { ...recorded['620'].data, ...fields } } },
    gameId(620),
  )
  if (answer.kind !== 'page') throw new Error('no page')
  return answer.details
}

async function save(fields: Readonly<Record<string, unknown>> = {}, askedAt = AT) {
  await db
    .insertInto('warehouse.store_app')
    .values({ appid: 620, priority: 0 })
    .onConflict((same) => same.column('appid').doUpdateSet({ priority: 0 }))
    .execute()
  const claimed = await queue.claim(askedAt, 1)
  return queue.save(claimed?.lease ?? '', page(fields), askedAt)
}

/** A file that knows everything about the game. */
const FILE = {
  'App ID': '620',
  Name: 'Portal II',
  'Short Description': 'As the file has it.',
  Developer: 'Somebody',
  Genre: 'Indie',
  Tags: 'Puzzle: 30, Co-op: 20',
  Categories: 'Single-player',
  Owners: '1,000 .. 2,000',
  'Positive Reviews': '900',
  'Negative Reviews': '20',
  Price: '1999',
  'Initial Price': '1999',
  Discount: '0',
  CCU: '321',
  Languages: 'English',
  Platforms: 'Windows',
  'Release Date': '2011-04-01',
  Website: 'http://file.example/',
  'Header Image': 'https://images.example/620.jpg',
}
const importFile = async (fields: Readonly<Record<string, string>> = {}) =>
  importGames(db, [await file(kaggleTable(kaggleRow({ ...FILE, ...fields })))])

describe('a page of the store', () => {
  it('changes what it tells, and keeps tags, reviews and owners, of which it tells nothing', async () => {
    await importFile()
    expect(await save()).toBe('changed')
    expect(await known()).toMatchObject({
      ...{ name: 'Portal 2', genres: ['Action', 'Adventure'], indie: false, developers: ['Valve'] },
      ...{ price_cents: 999, platforms: ['Windows', 'Linux'], release_date: '2011-04-18' },
      ...{ tags: { Puzzle: 30, 'Co-op': 20 }, positive: 900, negative: 20, owners_min: 1_000 },
      ...{ concurrent_players: 321, source: 'steam-store', store_at: AT },
    })
  })

  it('erases nothing by what it leaves out', async () => {
    await importFile()
    await save({
      ...{ developers: [], genres: [], categories: [], supported_languages: '', website: null },
      ...{ price_overview: undefined, release_date: { date: 'Coming soon' }, header_image: '' },
      ...{ short_description: '', platforms: {} },
    })
    expect(await known()).toMatchObject({
      ...{ name: 'Portal 2', developers: ['Somebody'], genres: ['Indie'], categories: ['Single-player'] },
      ...{ languages: ['English'], price_cents: 1999, release_date: '2011-04-01', platforms: ['Windows'] },
      ...{ website: 'http://file.example/', image_url: 'https://images.example/620.jpg' },
      ...{ description: 'As the file has it.', indie: true },
    })
  })

  it('says the same again without writing, and is older than a newer one that came first', async () => {
    expect(await save()).toBe('added')
    expect(await save({}, later(1_000))).toBe('same')
    expect((await known())?.store_at).toEqual(later(1_000))
    expect(await save({ name: 'Old' }, later(500))).toBe('passed-on')
    expect(await known()).toMatchObject({ name: 'Portal 2', store_at: later(1_000) })
  })

  it('is written once: by whoever holds the lease', async () => {
    await save()
    expect(await queue.save('nobody', page({ name: 'Stolen' }), later(1))).toBe('passed-on')
    expect(await known()).toMatchObject({ name: 'Portal 2' })
  })

  it('is for adults by its tags, its age or the word of the store', async () => {
    await importFile({ Tags: 'Hentai: 3' })
    await save()
    expect(await known()).toMatchObject({ mature: true, tags: { Hentai: 3 } })
    await db.deleteFrom('warehouse.game').execute()
    await save({ content_descriptors: { ids: [3] } }, later(1))
    expect(await known()).toMatchObject({ mature: true })
    await save({ required_age: '18' }, later(2))
    expect(await known()).toMatchObject({ mature: true, required_age: 18 })
    await save({}, later(3))
    expect(await known()).toMatchObject({ mature: false })
  })

  it('is not gainsaid by a file, which fills in what it does not tell', async () => {
    await save({ website: null })
    await importFile()
    const filled = await known()
    expect(filled).toMatchObject({
      ...{ name: 'Portal 2', genres: ['Action', 'Adventure'], indie: false, price_cents: 999 },
      ...{ website: 'http://file.example/', tags: { Puzzle: 30, 'Co-op': 20 }, positive: 900 },
      store_at: AT,
    })
    const [again] = await importFile({ 'Positive Reviews': '901' })
    expect(again).toMatchObject({ changed: 1 })
    expect(await known()).toEqual({ ...filled, ...(await known()), positive: 901 })
    expect((await importFile({ 'Positive Reviews': '901' }))[0]).toMatchObject({ changed: 0 })
  })

  it('that is for adults stays so whatever a file says, and becomes so by a file', async () => {
    await save({ content_descriptors: { ids: [3] } })
    await importFile()
    expect(await known()).toMatchObject({ mature: true })
    await save({}, later(1))
    expect(await known()).toMatchObject({ mature: false })
    await importFile({ Tags: 'Hentai: 3' })
    expect(await known()).toMatchObject({ mature: true })
  })
})
