import type { Installations } from '../../../db/people/installations.ts'
import type { Config } from '../../config/config.ts'
import type { SlackConfig } from '../../config/slack.ts'
import type { Check, Finding } from '../../platform/finding.ts'
import { addressAt, INSTALL_PATH } from '../install/addresses.ts'
import { inspectMode, inspectSlack, missingScopes } from './inspect.ts'

const INSTALL_AGAIN = 'npm run register, paste the new manifest into the app, and install it again'

/** `installations`: of a Slack that workspaces install by themselves; undefined where the database does not answer. */
export function slackCheck(slack: Config['slack'], installations?: Installations): Check {
  return async () => {
    if (!slack) {
      return {
        state: 'absent',
        detail: 'not configured',
        fix: 'set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to answer there',
      }
    }
    const { access, apiUrl, mode } = slack
    if (access.kind === 'oauth') return inspectInstalled(slack, access.publicUrl, installations)
    const { needed, optional } = await inspectSlack({ botToken: access.botToken, apiUrl, mode })
    if (needed.length > 0) {
      return { state: 'ill', detail: `the scopes ${needed.join(', ')} are missing`, fix: INSTALL_AGAIN }
    }
    if (optional.length === 0) return { state: 'well', detail: 'tokens accepted, all scopes granted' }
    const without = `without ${optional.join(' and ')} a digest whose fate is unknown is left unposted`
    return { state: 'well', detail: `tokens accepted; ${without}`, fix: INSTALL_AGAIN }
  }
}

async function inspectInstalled(
  slack: SlackConfig,
  publicUrl: string,
  installations: Installations | undefined,
): Promise<Omit<Finding, 'part'>> {
  await inspectMode(slack)
  if (!installations)
    return { state: 'ill', detail: 'its workspaces are stored in the database, which does not answer' }
  const { workspaces, unreadable } = await installations.survey()
  const lacking = workspaces.filter(({ scopes }) => missingScopes(scopes).needed.length > 0).length
  const detail = `installed in ${workspaces.length} workspace${workspaces.length === 1 ? '' : 's'}`
  const url = addressAt(publicUrl, INSTALL_PATH)
  if (unreadable > 0) {
    const fix = 'add the key that encrypted them to TOKEN_ENCRYPTION_KEY, behind the present one'
    return { state: 'ill', detail: `${detail}; unreadable tokens: ${unreadable}`, fix }
  }
  return lacking > 0
    ? {
        state: 'ill',
        detail: `${detail}; missing scopes: ${lacking}`,
        fix: `ask them to reinstall: ${url}`,
      }
    : { state: 'well', detail, ...(workspaces.length === 0 && { fix: `open ${url} to install` }) }
}
