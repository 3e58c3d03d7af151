import { ANYTHING } from '../../core/commands/filter-input.ts'
import type { Reply } from '../../core/reply.ts'
import { STEAM_KEY_PAGE } from '../../core/unavailable.ts'
import { sampleLibraries } from '../../db/import/sample/sample.ts'
import { type Running, start } from '../app/start.ts'
import type { Config } from '../config/config.ts'
import { type Context, doQuietly } from '../context/parts.ts'
import { renderPicks } from '../terminal/render.ts'
import { terminalAsker } from '../terminal/requester.ts'
import { showStartup } from '../terminal/startup.ts'
import { renderWelcome } from '../terminal/welcome.ts'

/** `npm start`: everything that is configured, until a signal ends it. */
export async function runStart(context: Context): Promise<void> {
  const shown = isWatched(context) ? { ...context, ...showStartup(context) } : context
  const running = await start(shown)
  if (shown.step) await welcome(shown, running)
  else tellReady(shown, running)
}

/** `npm start -- --smoke`: throws one sentence where a part is not ready or the answer holds no game. */
export async function runSmoke(context: Context): Promise<void> {
  const shown = isWatched(context) ? { ...context, ...showStartup(context) } : context
  const running = await start(shown)
  for (const [name, { ok, detail }] of Object.entries(await running.health())) {
    if (!ok) throw new Error(`smoke test failed: ${name}: ${detail}`)
  }
  const { reply } = await askForSample(running)
  const games = reply.blocks.filter(({ kind }) => kind === 'game').length
  if (games === 0) throw new Error(`smoke test failed: /recommend answered "${reply.summary}"`)
  context.log('info', `smoke test passed: /recommend answered with ${games} games`)
}

/** Whether somebody sits at the terminal, and wants it in plain words. */
function isWatched({ config }: Context): boolean {
  return process.stderr.isTTY && config.logFormat !== 'json' && config.logLevel !== 'debug'
}

/** For machines, and for the log. */
function tellReady({ config, log }: Context, { url, playground, platforms }: Running): void {
  for (const { name, set } of waitingFor(config)) log('info', `${name}: not configured (${set})`)
  if (playground) log('info', `open ${url} in a browser to try it`)
  log('info', 'ready', { url, platforms: platforms.join(', ') || 'none' })
}

/** For a person: without a platform there is nobody to answer yet, so what a player would see, and then what to do next. */
async function welcome({ config, step = doQuietly }: Context, running: Running): Promise<void> {
  const { url, playground, platforms } = running
  if (platforms.length === 0) {
    const { player, reply } = await step('First picks', () => askForSample(running))
    process.stdout.write(`\n/recommend for ${player}, a made-up library:\n\n${renderPicks(reply)}\n\n`)
  }
  process.stdout.write(renderWelcome({ url, playground, platforms, waiting: waitingFor(config) }))
}

function waitingFor({ discord, slack, steam }: Config) {
  return [
    ...(discord ? [] : [{ name: 'Discord', set: 'set DISCORD_TOKEN' }]),
    ...(slack ? [] : [{ name: 'Slack', set: 'set SLACK_BOT_TOKEN and SLACK_APP_TOKEN' }]),
    ...(steam.apiKey ? [] : [{ name: 'Steam', set: `set STEAM_API_KEY (${STEAM_KEY_PAGE})` }]),
  ]
}

const SAMPLE_PICKS = 5

async function askForSample({ app }: Running): Promise<{ readonly player: string; readonly reply: Reply }> {
  const [sample] = sampleLibraries()
  if (!sample) throw new Error('the sample holds no library')
  const reply = await app.handle({
    kind: 'recommend',
    ...terminalAsker('sample'),
    player: { kind: 'library', games: sample.games },
    ...{ filterInput: ANYTHING, discovery: 'balanced', count: SAMPLE_PICKS },
  })
  return { player: sample.name, reply }
}
