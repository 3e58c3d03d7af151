import { ANYTHING } from '../../core/commands/filter-input.ts'
import { STEAM_KEY_PAGE } from '../../core/unavailable.ts'
import { sampleLibraries } from '../../db/import/sample/sample.ts'
import { type Running, start } from '../app/start.ts'
import type { Context } from '../context/parts.ts'
import { renderTerminal } from '../terminal/render.ts'
import { terminalAsker } from '../terminal/requester.ts'

/** `npm start`: everything that is configured, until a signal ends it. */
export async function runStart(context: Context): Promise<void> {
  const running = await start(context)
  const { config, log } = context
  if (running.platforms.length === 0) await showSample(running)
  if (!config.steam.apiKey)
    log(
      'info',
      `Steam libraries and the list of new games: not configured (ask for a key at ${STEAM_KEY_PAGE} and set STEAM_API_KEY)`,
    )
  if (!config.discord) log('info', 'Discord: not configured (set DISCORD_TOKEN)')
  if (!config.slack) log('info', 'Slack: not configured (set SLACK_BOT_TOKEN and SLACK_APP_TOKEN)')
  if (running.playground) log('info', `open ${running.url} in a browser to try it`)
  log('info', 'ready', { url: running.url, platforms: running.platforms.join(', ') || 'none' })
}

/** Without a platform there is nobody to answer yet: shows what a player would see. */
async function showSample({ answer }: Running): Promise<void> {
  const [sample] = sampleLibraries()
  if (!sample) return
  const reply = await answer({
    kind: 'recommend',
    ...terminalAsker('sample'),
    player: { kind: 'library', games: sample.games },
    ...{ filterInput: ANYTHING, discovery: 'balanced', count: 5 },
  })
  process.stdout.write(`\n/recommend for ${sample.name} (a sample library)\n\n${renderTerminal(reply)}\n`)
}
