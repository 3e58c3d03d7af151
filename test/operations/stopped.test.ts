import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleLibraries } from '../../db/import/sample/sample.ts'
import { type DebianPostgres, PASSWORD, startDebianPostgres } from '../support/debian/postgres.ts'
import { type Communities, startCommunities } from '../support/fakes/communities.ts'

let postgres: DebianPostgres
let all: Communities

const PLAYER = '76561197960287930'
const [strategist] = sampleLibraries()
const games = (strategist?.games ?? []).map(({ game, minutes }) => ({ appid: game as number, minutes }))

beforeAll(async () => {
  postgres = await startDebianPostgres()
  all = await startCommunities({ DATABASE_URL: await postgres.create('stopped') })
  all.steam.player(PLAYER, { games })
})

afterAll(async () => {
  await all.stop()
  await postgres.stop()
})

async function seconds<T>(work: () => Promise<T>): Promise<[T, number]> {
  const startedAt = performance.now()
  return [await work(), (performance.now() - startedAt) / 1000]
}

const get = async (path: string) => (await fetch(`${all.program.url}${path}`)).text()

it('a database that hangs holds commands, health and metrics for five seconds', async () => {
  const recommend = () => all.discord.command('recommend', { steam_id: PLAYER })
  expect((await recommend()).message?.embeds).toHaveLength(5)
  await postgres.freeze()
  const [[said, asked], [health, checked], [metrics, scraped]] = await Promise.all([
    seconds(recommend),
    seconds(() => get('/health/ready')),
    seconds(() => get('/metrics')),
  ])
  await postgres.thaw()
  for (const taken of [asked, checked, scraped]) expect(taken).toBeLessThan(30)
  expect(said.message?.content).toMatch(/\S/)
  expect(said.message?.embeds).toHaveLength(0)
  expect(health).toContain(`the database at 127.0.0.1:${postgres.port} does not answer`)
  expect(health).not.toContain(PASSWORD)
  expect(metrics).toContain('process_cpu_seconds_total')
  expect((await recommend()).message?.embeds).toHaveLength(5)
})
