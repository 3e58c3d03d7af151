import { webApi } from '@slack/bolt'

/** Slack will not have this bot as it is set up, and says so however often it is asked. Holds no token. */
export class FinalRefusal extends Error {
  override readonly name = 'FinalRefusal'
}

type Setting = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'

const REMEDY: Readonly<Record<Setting, string>> = {
  SLACK_BOT_TOKEN:
    'copy it anew from https://api.slack.com/apps → OAuth & Permissions, or install the app again',
  SLACK_APP_TOKEN:
    'make one with the scope connections:write at https://api.slack.com/apps → Basic Information → App-Level Tokens',
}

/** https://docs.slack.dev/reference/methods/auth.test#errors and apps.connections.open#errors */
const FINAL: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
  'missing_scope',
  'not_allowed_token_type',
  'no_permission',
  'org_login_required',
  'team_access_not_granted',
  'access_denied',
])

/** The same error, or a sentence for the operator where waiting cannot help. */
export function explainRefusal(error: unknown, setting: Setting): unknown {
  if (!(error instanceof webApi.WebAPIPlatformError) || !FINAL.has(error.data.error)) return error
  return new FinalRefusal(`Slack refuses ${setting} (${error.data.error}): ${REMEDY[setting]}`)
}
