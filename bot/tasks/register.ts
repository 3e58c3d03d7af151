import { writeFile } from 'node:fs/promises'
import type { Context } from '../context/parts.ts'
import { registerCommands } from '../discord/setup/register.ts'
import { slackManifest } from '../slack/setup/manifest.ts'

/** `npm run register`: publishes Discord's commands where they differ, and writes Slack's manifest to a file. */
export async function runRegister({ config, log }: Context, manifestFile: string): Promise<void> {
  const socketMode = config.slack?.mode.kind !== 'http'
  if (!socketMode && config.http.publicUrl === undefined) {
    throw new Error(
      "PUBLIC_URL is missing: Slack's HTTP mode needs the https address under which it reaches this program",
    )
  }
  const manifest = slackManifest({
    socketMode,
    publicUrl: config.http.publicUrl,
    oauth: config.slack?.access.kind === 'oauth',
  })
  await writeFile(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`)
  log(
    'info',
    'wrote the Slack manifest: paste it at https://api.slack.com/apps → Create New App → From a manifest',
    {
      file: manifestFile,
    },
  )
  if (config.discord) await registerCommands({ ...config.discord, log })
  else log('info', "left Discord's commands alone: DISCORD_TOKEN is not set")
}
