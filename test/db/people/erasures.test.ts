import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type AnswerId, gameId, type PlaceKey, type SteamId, type UserKey } from '../../../core/ids.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import { createAccounts } from '../../../db/people/accounts.ts'
import { createAnswers } from '../../../db/people/answers.ts'
import { createConsents } from '../../../db/people/consents.ts'
import { duringCommand } from '../../../db/people/erasures.ts'
import { createJournal } from '../../../db/people/journal.ts'
import { createOpinions } from '../../../db/people/opinions.ts'
import { createPlaces } from '../../../db/people/places.ts'
import { createRecords } from '../../../db/people/records.ts'
import { purge } from '../../../db/people/retention.ts'
import { createSnapshots } from '../../../db/people/snapshots.ts'
import { connect } from '../../../db/postgres/connect.ts'
import { BEFORE, wanted } from '../../support/digest/engine.ts'
import { testDatabaseAt } from '../../support/postgres/database.ts'

const ROBIN = '76561197960287930' as SteamId
const PLACE: PlaceKey = 'slack:T1'
const USER: UserKey = 'slack:T1.U1'
const NOW = new Date()

const { db, url } = await testDatabaseAt()
/** Another process. */
const other = connect(url, () => {})
afterAll(() => other.destroy())

const said = { user: USER, game: gameId(620), opinion: 'like', answer: 'abcdefgh' as AnswerId } as const
const about = { kind: 'liked', names: [], source: 'model' } as const
const library = { steamId: ROBIN, fetchedAt: NOW, games: [{ game: gameId(1), minutes: 1, name: 'One' }] }
const linking = { user: USER, steamId: ROBIN, code: 'code' }
const change = {
  ...{ block: [], unblock: [], mature: true },
  ...{ locale: undefined, currency: undefined, channels: undefined },
} as const

/** All that a command may write of somebody, of their place and of their library. */
const WRITES: Readonly<Record<string, () => Promise<unknown>>> = {
  journal: () => createJournal(db).record({ kind: 'help', user: USER, outcome: 'sentence', milliseconds: 1 }),
  answer: () => createAnswers(db).save({ id: said.answer, user: USER, picks: [], about }),
  language: () => createAccounts(db).setLocale(USER, 'ko'),
  link: () => createAccounts(db).startLink(linking, new Date(Date.now() + 60_000)),
  opinion: () => createOpinions(db).record(said),
  'taken back opinion': () => createOpinions(db).takeBack(said),
  consent: () => createConsents(db).set(USER, 'training', undefined, true),
  community: () => createConsents(db).set(USER, 'community', PLACE, true),
  'settings of a place': () =>
    createPlaces(db).save({ place: 'discord:1', change, own: { user: USER, locale: 'ko' } }),
  digest: () => createSubscriptions(db).add(wanted('discord:1', { createdBy: USER }), BEFORE),
}

async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_schema || '.' || table_name as name from information_schema.tables
    where table_schema in ('lake', 'warehouse') order by 1
  `.execute(db)
  const found: string[] = []
  for (const { name } of rows) {
    const { rows } = await sql`
      select 1 from ${sql.table(name)} as stored where strpos(to_jsonb(stored)::text, ${text}) > 0 limit 1
    `.execute(db)
    if (rows.length > 0) found.push(name)
  }
  return found
}

/** A command that has begun, and goes on with `write` once it is told to. */
async function inHand(write: () => Promise<unknown>): Promise<() => Promise<unknown>> {
  const told = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const ended = createJournal(db).during(async () => {
    // The first question of a command, behind which it has begun.
    await createAccounts(db).locale(USER)
    begun.resolve()
    await told.promise
    return write()
  })
  await begun.promise
  return () => {
    told.resolve()
    return ended
  }
}

beforeEach(async () => {
  await sql`
    truncate warehouse.erasure, warehouse.person, warehouse.link, warehouse.opinion, warehouse.consent, warehouse.place,
      warehouse.subscription, warehouse.pace, lake.command, lake.recommendation, lake.feedback, lake.library_snapshot,
      lake.delivery cascade
  `.execute(db)
})

describe.each(Object.entries(WRITES))(
  'of somebody who is forgotten while a command is in hand, its %s',
  (_name, write) => {
    it.each([
      ['forget themselves in another process', () => createRecords(other).forget(USER)],
      ['lose the app with their workspace', () => createRecords(other).forgetPlace(PLACE)],
    ])('is not written where they %s', async (_how, forget) => {
      await write()
      const goOn = await inHand(write)
      await forget()
      await goOn()
      expect(await tablesWith(USER)).toEqual([])
    })

    it('is deleted where it is being written at that moment', async () => {
      for (let round = 0; round < 5; round += 1) {
        const goOn = await inHand(write)
        await Promise.all([goOn(), createRecords(other).forget(USER)])
        expect(await tablesWith(USER)).toEqual([])
      }
    })

    it('is written by a command that begins afterwards', async () => {
      await createRecords(other).forget(USER)
      await createRecords(other).forgetPlace(PLACE)
      await createJournal(db).during(write)
      expect(await tablesWith(USER)).not.toEqual([])
    })
  },
)

it('leaves no settings, digests or consents of a place that has removed the app', async () => {
  const goOn = await inHand(async () => {
    await createPlaces(db).save({ place: 'discord:9', change, own: undefined })
    await createConsents(db).set('discord:1', 'community', 'discord:9', true)
    await createSubscriptions(db)
      .add(wanted('discord:9'), BEFORE)
      .catch(() => {})
  })
  await createRecords(other).forgetPlace('discord:9')
  await goOn()
  expect(await tablesWith('discord:9')).toEqual([])
})

it('writes no answer of a digest that went with its place, however late', async () => {
  const added = await createSubscriptions(db).add(wanted('discord:9'), BEFORE)
  if (added === 'full') return expect.unreachable()
  await db
    .insertInto('lake.delivery')
    .values({
      ...{ id: 'dEl1', subscription_id: added.id, place_key: 'discord:9', channel: 'discord:5' },
      ...{ slot: 's', due_at: NOW, try_at: NOW, state: 'due' },
    })
    .execute()
  await createRecords(other).forgetPlace('discord:9')
  await createAnswers(db).save({
    id: 'dEl1' as AnswerId,
    user: `digest:${'dEl1' as AnswerId}`,
    picks: [],
    about,
  })
  expect(await tablesWith('dEl1')).toEqual([])
})

describe('the library that a command has fetched', () => {
  const prove = async () => {
    await createAccounts(db).startLink(linking, new Date(Date.now() + 60_000))
    await createAccounts(db).prove(linking)
  }
  it.each([
    ['its owner forgets themselves', () => createRecords(other).forget(USER)],
    ['its owner unlinks it', () => createAccounts(other).unlink(USER)],
    ['its owner hides it', () => createSnapshots(other).forget(ROBIN)],
    ['the workspace removes the app', () => createRecords(other).forgetPlace(PLACE)],
  ])('is not kept where %s meanwhile', async (_why, erase) => {
    await prove()
    const goOn = await inHand(() => createSnapshots(db).save(library))
    await erase()
    await goOn()
    expect(await tablesWith(ROBIN)).not.toContain('lake.library_snapshot')
    await createJournal(db).during(() => createSnapshots(db).save(library))
    expect(await tablesWith(ROBIN)).toContain('lake.library_snapshot')
  })
})

it('begins no link and no training for somebody who has unlinked meanwhile', async () => {
  const goOn = await inHand(async () => {
    await createAccounts(db).startLink(linking, new Date(Date.now() + 60_000))
    await createConsents(db).set(USER, 'training', undefined, true)
  })
  await createAccounts(other).unlink(USER)
  await goOn()
  expect(await tablesWith(USER)).toEqual([])
})

it('writes nothing of a visitor whose week has ended meanwhile', async () => {
  const visitor = 'playground:20200101-AAAAAAAAAAAAAAAAAAAAAAAA'
  const record = () =>
    createJournal(db).record({ kind: 'help', user: visitor, outcome: 'x', milliseconds: 1 })
  await record()
  const goOn = await inHand(record)
  await purge(other, NOW)
  await goOn()
  expect(await tablesWith(visitor)).toEqual([])
})

it('tells of nobody who they were, and after a day nothing', async () => {
  await createRecords(db).forget(USER)
  expect(await tablesWith(USER)).toEqual([])
  const erasures = () => db.selectFrom('warehouse.erasure').selectAll().execute()
  await purge(db, new Date(Date.now() + 23 * 3_600_000))
  expect(await erasures()).not.toEqual([])
  await purge(db, new Date(Date.now() + 25 * 3_600_000))
  expect(await erasures()).toEqual([])
})

it('says why a command cannot write where the database was away when it began', async () => {
  const away = connect('postgres://nobody@127.0.0.1:1/none', () => {})
  const written = duringCommand(away, () => createAccounts(db).setLocale(USER, 'ko'))
  await expect(written).rejects.toMatchObject({ party: 'database' })
  await expect(duringCommand(away, async () => 'an answer')).resolves.toBe('an answer')
  await away.destroy()
})
