import { webApi } from '@slack/bolt'
import { explainRefusal } from '../receive/refusal.ts'
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from './manifest.ts'

type Slack = {
  readonly botToken: string
  readonly apiUrl: string
  readonly mode: { readonly kind: 'socket'; readonly appToken: string } | { readonly kind: 'http' }
}

/** The scopes that the manifest asks for and this installation lacks; `optional`: those that the app does without. */
export type MissingScopes = { readonly needed: readonly string[]; readonly optional: readonly string[] }

const PATIENCE = { retryConfig: { retries: 1 }, timeout: 10_000 }

/** Throws for a refused token, which it never names. */
export async function inspectSlack({ botToken, apiUrl, mode }: Slack): Promise<MissingScopes> {
  const options = { slackApiUrl: apiUrl, ...PATIENCE }
  const bot = new webApi.WebClient(botToken, options)
  const { response_metadata } = await bot.auth.test().catch((error: unknown) => {
    throw explainRefusal(error, 'SLACK_BOT_TOKEN')
  })
  await inspectMode({ apiUrl, mode })
  return missingScopes(response_metadata?.scopes ?? [])
}

export function missingScopes(granted: readonly string[]): MissingScopes {
  const isMissing = (scope: string) => !granted.includes(scope)
  return { needed: NEEDED_SCOPES.filter(isMissing), optional: OPTIONAL_SCOPES.filter(isMissing) }
}

/** Throws for a refused app-level token. */
export async function inspectMode({ apiUrl, mode }: Pick<Slack, 'apiUrl' | 'mode'>): Promise<void> {
  if (mode.kind !== 'socket') return
  const client = new webApi.WebClient(mode.appToken, { slackApiUrl: apiUrl, ...PATIENCE })
  await client.apps.connections.open({}).catch((error: unknown) => {
    throw explainRefusal(error, 'SLACK_APP_TOKEN')
  })
}
