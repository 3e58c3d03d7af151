/** Where a workspace's admins begin, and where Slack sends them back; the latter stands in the app's manifest. */
export const INSTALL_PATH = '/slack/install'
export const REDIRECT_PATH = '/slack/oauth_redirect'
export const EVENTS_PATH = '/slack/events'

export function addressAt(publicUrl: string, path: string): string {
  return publicUrl.replace(/\/+$/, '') + path
}
