import { webApi } from '@slack/bolt'
import { slackManifest } from './manifest.ts'
import { explainRefusal } from './refusal.ts'

type Slack = {
  readonly botToken: string
  readonly apiUrl: string
  readonly mode: { readonly kind: 'socket'; readonly appToken: string } | { readonly kind: 'http' }
}

/** The scopes that the manifest asks for and this installation lacks. Throws for a refused token, which it never names. */
export async function inspectSlack({ botToken, apiUrl, mode }: Slack): Promise<string[]> {
  const options = { slackApiUrl: apiUrl, retryConfig: { retries: 1 }, timeout: 10_000 }
  const bot = new webApi.WebClient(botToken, options)
  const { response_metadata } = await bot.auth.test().catch((error: unknown) => {
    throw explainRefusal(error, 'SLACK_BOT_TOKEN')
  })
  if (mode.kind === 'socket') await inspectSocket(mode.appToken, options)
  const granted = response_metadata?.scopes ?? []
  const wanted = slackManifest({ socketMode: true, publicUrl: undefined }).oauth_config.scopes.bot
  return wanted.filter((scope) => !granted.includes(scope))
}

async function inspectSocket(appToken: string, options: webApi.WebClientOptions): Promise<void> {
  await new webApi.WebClient(appToken, options).apps.connections.open({}).catch((error: unknown) => {
    throw explainRefusal(error, 'SLACK_APP_TOKEN')
  })
}
