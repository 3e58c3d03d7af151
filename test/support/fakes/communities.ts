import { startDiscordServer } from '../discord/server.ts'
import { testDatabaseAt } from '../postgres/database.ts'
import { startProgram } from '../program.ts'
import { startSlackServer } from '../slack/server.ts'
import { startSteam } from '../steam/steam-server.ts'

/**
 * The whole program on both platforms and Steam, over loopback, with the sample's games and a model trained on its
 * players. To be called in a `beforeAll`; `stop` throws where the program has broken a platform's rules or let a
 * secret into its log.
 */
export async function startCommunities(env: Readonly<Record<string, string>> = {}) {
  const database = await testDatabaseAt()
  const steam = await startSteam()
  const discord = await startDiscordServer()
  const slack = await startSlackServer({ mode: 'socket' })
  const { mode, botToken, apiUrl } = slack.options
  const settings = {
    DATABASE_URL: database.url,
    STEAM_API_KEY: steam.key,
    STEAM_API_URL: steam.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: mode.kind === 'socket' ? mode.appToken : '',
    SLACK_API_URL: apiUrl,
    ...env,
  }
  let program = await startProgram(settings)
  const secrets = [steam.key, discord.token, botToken]
  return {
    ...{ database, steam, discord, slack },
    get program() {
      return program
    },
    async restart(): Promise<void> {
      await program.stop()
      program = await startProgram(settings)
    },
    async stop(): Promise<void> {
      await program.stop()
      await steam.stop()
      await discord.stop()
      await slack.close()
      const leaked = secrets.filter((secret) => JSON.stringify(program.lines).includes(secret))
      if (leaked.length > 0) throw new Error(`a secret reached the log: ${leaked.join(', ')}`)
      if (steam.violations.length > 0)
        throw new Error(`against Steam's rules: ${steam.violations.join(', ')}`)
    },
  }
}

export type Communities = Awaited<ReturnType<typeof startCommunities>>
