import { startEmbedded } from '../db/embedded/embedded.ts'
import { connect } from '../db/postgres/connect.ts'
import { readInteractions } from '../db/training/interactions.ts'
import { startDiscordServer } from '../test/support/discord/server.ts'
import { startProgram } from '../test/support/program.ts'
import { startSlackServer } from '../test/support/slack/server.ts'
import { startSteam } from '../test/support/steam/steam-server.ts'

/**
 * `DATA_DIR=… node bench/answer.ts [commands]`: from a slash command to its final answer, on the catalogue and model
 * under DATA_DIR, over loopback stand-ins. Every command is another player's, so each library is fetched from "Steam",
 * whose own time the stand-in keeps near nothing.
 */
const commands = Number(process.argv[2] ?? 200)
const dataDir = process.env.DATA_DIR ?? '.data'

const steam = await startSteam()
const discord = await startDiscordServer()
const slack = await startSlackServer({ mode: 'socket' })
const steamIds = await offerLibraries()
const program = await startProgram({
  DATA_DIR: dataDir,
  STEAM_API_KEY: steam.key,
  STEAM_API_URL: steam.url,
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.apiUrl,
  SLACK_BOT_TOKEN: slack.options.botToken,
  SLACK_APP_TOKEN: slack.options.mode.kind === 'socket' ? slack.options.mode.appToken : '',
  SLACK_API_URL: slack.options.apiUrl,
})

await measure('Discord', async (steam_id) => {
  const shown = await discord.command('recommend', { steam_id })
  return shown.message?.embeds.length === 5
})
await measure('Slack', async (steamId) => {
  const shown = await slack.command('/recommend', steamId)
  return shown.ephemeral?.words.includes('Page 1 of 2') === true
})
await program.stop()
await Promise.all([steam.stop(), discord.stop(), slack.close()])
process.exit()

/** Gives the stand-in for Steam the libraries of real players, two for each command and a few to warm up with. */
async function offerLibraries(): Promise<string[]> {
  const server = await startEmbedded({ dataDir, log: () => {} })
  const db = connect(server.url, () => {})
  const { offsets, games, minutes } = await readInteractions(db)
  await db.destroy()
  await server.stop()
  return Array.from({ length: 2 * commands + 40 }, (_, place) => {
    const steamId = String(76561197960300000n + BigInt(place))
    const player = (place * 7919) % (offsets.length - 1)
    const range = Array.from(games.subarray(offsets[player], offsets[player + 1]).entries())
    const from = offsets[player] ?? 0
    steam.player(steamId, {
      games: range.map(([i, appid]) => ({ appid, minutes: minutes[from + i] ?? 0, name: `Game ${appid}` })),
    })
    return steamId
  })
}

async function measure(platform: string, ask: (steamId: string) => Promise<boolean>): Promise<void> {
  for (const steamId of steamIds.splice(0, 20)) await ask(steamId)
  const milliseconds: number[] = []
  let whole = 0
  for (const steamId of steamIds.splice(0, commands)) {
    const start = performance.now()
    if (await ask(steamId)) whole += 1
    milliseconds.push(performance.now() - start)
  }
  milliseconds.sort((a, b) => a - b)
  const at = (share: number) => milliseconds[Math.floor(milliseconds.length * share)]?.toFixed(0)
  console.log(
    `${platform}: ${commands} commands one after another, ${whole} with a full page: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  )
}
