import { webApi } from '@slack/bolt'
import { teamOf } from './keys.ts'

/** What speaks for workspaces: the token of the only one, or what each has granted when it installed the app. */
export type Access =
  | { readonly kind: 'token'; readonly botToken: string }
  | {
      readonly kind: 'installed'
      /** Undefined where the workspace has not installed the app. */
      readonly tokenOf: (team: string) => Promise<string | undefined>
      /** The workspace has taken the app away, at that time. */
      readonly forget: (team: string, at: Date) => Promise<void>
    }

/** The workspace has not installed the app, or has it no longer. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled'
}

/** The bot's token in a workspace. Throws `NotInstalled`, and whatever keeps the token from being read. */
export async function botTokenOf(access: Access, team: string): Promise<string> {
  if (access.kind === 'token') return access.botToken
  const token = await access.tokenOf(team)
  if (token === undefined) throw new NotInstalled('the workspace has not installed the app')
  return token
}

/** Slack's Web API in the name of the bot in somebody's workspace. Throws like `botTokenOf`. */
export type ClientFor = (key: string) => Promise<webApi.WebClient>

/** `key` is of a person or a channel. */
export function createClientFor(access: Access, options: webApi.WebClientOptions): ClientFor {
  return async (key) => new webApi.WebClient(await botTokenOf(access, teamOf(key)), options)
}
