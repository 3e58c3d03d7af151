import { writeFile } from 'node:fs/promises'
import { createSeenEvents } from '../../db/people/seen-events.ts'
import type { Db } from '../../db/postgres/connect.ts'
import type { Config } from '../config/config.ts'
import type { SlackConfig } from '../config/slack.ts'
import type { Context } from '../context/parts.ts'
import type { OpenPlatform, PlatformModule, PlatformParts } from '../context/platform-module.ts'
import type { Listener } from './receive/events.ts'
import { SLACK_FORMATTER } from './render/command-formatter.ts'

/** Slack, as the rest of the program knows it. */
export const slack: PlatformModule = {
  key: 'slack',
  name: 'Slack',
  formatter: () => SLACK_FORMATTER,
  open: async (context, parts) => context.config.slack && openSlack(context, context.config.slack, parts),
  checks: ({ config }, db) => [['Slack', () => check(config.slack, db)]],
  register: writeManifest,
  operatorMessage: async (report) => (await import('./send/operator-message.ts')).operatorMessage(report),
  playgroundSide: async () => (await import('./playground/side.ts')).createSlackSide(),
}

async function openSlack(
  { log }: Context,
  config: SlackConfig,
  { db, app, pace, now }: PlatformParts,
): Promise<OpenPlatform> {
  const [{ startSlack }, { openWorkspaces }, { createSlackPoster }] = await Promise.all([
    import('./adapter.ts'),
    import('./install/workspaces.ts'),
    import('./send/poster.ts'),
  ])
  const { access, install } = await openWorkspaces(config, db, log)
  let listener: Listener | undefined
  return {
    async connect() {
      const { firstTime } = createSeenEvents(db)
      const connected = await startSlack({ ...config, access, app, log, firstTime })
      listener = connected.requestListener
      return connected
    },
    async mount(server) {
      const [{ mountSlackEvents }, { mountSlackInstall }] = await Promise.all([
        import('./receive/events-route.ts'),
        import('./install/install.ts'),
      ])
      if (listener) await mountSlackEvents(server, listener)
      if (install) mountSlackInstall(server, install)
    },
    poster: () => createSlackPoster({ apiUrl: config.apiUrl, access, pace, log, now }),
  }
}

async function check(config: Config['slack'], db: Db | undefined) {
  const [{ slackCheck }, { installationsOf }] = await Promise.all([
    import('./setup/checks.ts'),
    import('./install/workspaces.ts'),
  ])
  const keys = config?.access.kind === 'oauth' ? config.access.encryptionKeys : undefined
  return slackCheck(config, keys && db && installationsOf(keys, db))()
}

/** Slack takes commands by hand alone. */
async function writeManifest({ config, log }: Context, file: string): Promise<void> {
  const socketMode = config.slack?.mode.kind !== 'http'
  if (!socketMode && config.http.publicUrl === undefined) {
    throw new Error(
      "PUBLIC_URL is missing: Slack's HTTP mode needs the https address under which it reaches this program",
    )
  }
  const { slackManifest } = await import('./setup/manifest.ts')
  const manifest = slackManifest({
    socketMode,
    publicUrl: config.http.publicUrl,
    oauth: config.slack?.access.kind === 'oauth',
  })
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`)
  log(
    'info',
    'wrote the Slack manifest: paste it at https://api.slack.com/apps → Create New App → From a manifest',
    { file },
  )
}
