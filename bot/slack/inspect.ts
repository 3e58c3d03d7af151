import { webApi } from '@slack/bolt'
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from './manifest.ts'
import { explainRefusal } from './refusal.ts'

type Slack = {
  readonly botToken: string
  readonly apiUrl: string
  readonly mode: { readonly kind: 'socket'; readonly appToken: string } | { readonly kind: 'http' }
}

/** The scopes that the manifest asks for and this installation lacks; `optional`: those that the app does without. */
export type MissingScopes = { readonly needed: readonly string[]; readonly optional: readonly string[] }

/** Throws for a refused token, which it never names. */
export async function inspectSlack({ botToken, apiUrl, mode }: Slack): Promise<MissingScopes> {
  const options = { slackApiUrl: apiUrl, retryConfig: { retries: 1 }, timeout: 10_000 }
  const bot = new webApi.WebClient(botToken, options)
  const { response_metadata } = await bot.auth.test().catch((error: unknown) => {
    throw explainRefusal(error, 'SLACK_BOT_TOKEN')
  })
  if (mode.kind === 'socket') await inspectSocket(mode.appToken, options)
  const granted = response_metadata?.scopes ?? []
  const isMissing = (scope: string) => !granted.includes(scope)
  return { needed: NEEDED_SCOPES.filter(isMissing), optional: OPTIONAL_SCOPES.filter(isMissing) }
}

async function inspectSocket(appToken: string, options: webApi.WebClientOptions): Promise<void> {
  await new webApi.WebClient(appToken, options).apps.connections.open({}).catch((error: unknown) => {
    throw explainRefusal(error, 'SLACK_APP_TOKEN')
  })
}
