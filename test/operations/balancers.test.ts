import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startBot } from '../../bench/load/processes.ts'
import { freePorts, startDebianServer } from '../support/debian/server.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { type SlackServer, startSlackServer } from '../support/slack/server.ts'

/** Two bots in Slack's HTTP mode behind a balancer as deploy/balancers sets it up, restarted in turn under a burst. */

const COMMANDS = 1_000
const AT_ONCE = 4

let slack: SlackServer
let folder: string
let ports: number[]
let settings: Readonly<Record<string, string>>
const bots: Running[] = []

const start = (at: number) => startBot({ ...settings, HTTP_PORT: String(ports[at]) })

beforeAll(async () => {
  const { url } = await testDatabaseAt()
  slack = await startSlackServer({ mode: 'http' })
  folder = await mkdtemp(path.join(tmpdir(), 'indiescout-'))
  ports = await freePorts(2)
  settings = {
    DATABASE_URL: url,
    DATA_DIR: folder,
    // Nobody scores: what is asked here needs no model.
    INFERENCE_URL: 'http://127.0.0.1:9',
    INFERENCE_PROVIDER: 'cpu',
    ...{ STORE_CALLS_PER_MINUTE: '0', STEAM_CALLS_PER_DAY: '0', REFRESH_CRON: 'off', LOG_LEVEL: 'info' },
    SHUTDOWN_GRACE_SECONDS: '2',
    SLACK_BOT_TOKEN: slack.options.botToken,
    SLACK_SIGNING_SECRET: slack.options.mode.kind === 'http' ? slack.options.mode.signingSecret : '',
    SLACK_API_URL: slack.options.apiUrl,
  }
  for (const at of [0, 1]) bots.push(await start(at))
})

afterAll(async () => {
  await Promise.all(bots.map((bot) => bot.stop()))
  await rm(folder, { recursive: true, force: true })
  // How soon it is acknowledged depends on the machine; whether it is does not.
  await slack
    .close()
    .catch(() => expect(slack.violations.filter((each) => !each.includes('three seconds'))).toEqual([]))
})

/** The configuration that we ship, on free ports. */
async function startBalancer(name: 'haproxy' | 'nginx'): Promise<{ port: number; stop(): Promise<void> }> {
  const [port = 0] = await freePorts(1)
  const file = { haproxy: 'haproxy.cfg', nginx: 'nginx.conf' }[name]
  const shipped = await readFile(path.join('deploy/balancers', file), 'utf8')
  const moved = shipped
    .replace(':8080', `:${port}`)
    .replace(':3000', `:${ports[0]}`)
    .replace(':3001', `:${ports[1]}`)
  const own = path.join(folder, file)
  await writeFile(own, name === 'nginx' ? ownFolders(moved) : moved)
  const args = { haproxy: ['-f', own], nginx: ['-p', folder, '-c', own, '-g', 'daemon off;'] }[name]
  return { port, ...(await startDebianServer(name, args, port)) }
}

/** Debian's nginx writes where only root may, and its workers are a user who may not enter a test's folder. */
function ownFolders(config: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const paths = kinds.map((kind) => `  ${kind}_temp_path ${kind};`).join('\n')
  const user = process.getuid?.() === 0 ? 'user root;\n' : ''
  return user + config.replace('http {', `http {\n${paths}`)
}

describe.each(['haproxy', 'nginx'] as const)('behind %s', (name) => {
  it('no command is lost while bots are restarted in turn', async () => {
    const balancer = await startBalancer(name)
    slack.sendEventsTo(`http://127.0.0.1:${balancer.port}/slack/events`)
    let sent = 0
    let restarts = 0
    const lost: string[] = []
    const restarting = (async () => {
      for (const at of [0, 1]) {
        await bots[at]?.stop()
        bots[at] = await start(at)
        restarts += 1
      }
    })()
    const send = async () => {
      while (sent < COMMANDS || restarts < 2) {
        sent += 1
        const user = `U${name.toUpperCase()}${sent}`
        await slack
          .command('/indiescout', 'help', { user })
          .catch((error: unknown) => lost.push(String(error)))
      }
    }
    await Promise.all([restarting, ...Array.from({ length: AT_ONCE }, send)])
    await balancer.stop()
    expect({ lost, restarts }).toEqual({ lost: [], restarts: 2 })
    expect(sent).toBeGreaterThanOrEqual(COMMANDS)
  }, 600_000)
})
