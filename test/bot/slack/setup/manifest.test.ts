import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { slackManifest } from '../../../../bot/slack/setup/manifest.ts'
import { COMMANDS } from '../../../../core/commands/catalogue.ts'

/** As Slack documents it: https://docs.slack.dev/reference/app-manifest. Unknown fields are refused. */
const address = z.url({ protocol: /^https$/ }).max(3000)
const manifest = z.strictObject({
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().startsWith('/').max(32),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().max(1000),
          should_escape: z.boolean(),
          url: address.optional(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({
    scopes: z
      .strictObject({ bot: z.array(z.string()).max(255), bot_optional: z.array(z.string()).max(255) })
      // Each optional one must be asked for.
      .refine(({ bot, bot_optional }) => bot_optional.every((scope) => bot.includes(scope))),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      bot_events: z.array(z.string()).max(100),
      request_url: address.optional(),
    }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: address.optional() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
})

describe('the manifest', () => {
  it('is one that Slack takes, with every command and no scope beyond need', () => {
    const made = manifest.parse(slackManifest({ socketMode: true, publicUrl: undefined }))
    const first = COMMANDS.filter(({ generic }) => !generic).map(({ name }) => `/${name.split(' ')[0]}`)
    const own = [...new Set(first)]
    expect(made.features.slash_commands.map(({ command }) => command)).toEqual([...own, '/indiescout'])
    const hints = made.features.slash_commands.map(({ usage_hint }) => usage_hint)
    expect(hints).toContain(
      'genre [exclude:…] [max_price:…] [platform:…] [language:…] [min_reviews:…] [min_positive:…] [sort:…] [hide_owned:…] [count:…]',
    )
    expect(hints.at(-1)).toBe('link | unlink | privacy | export | forget-me | settings | help')
    const optional = ['channels:history', 'groups:history']
    expect(made.oauth_config.scopes).toEqual({
      bot: [
        ...['commands', 'chat:write', 'chat:write.public', 'users:read', 'files:write', 'im:write'],
        ...optional,
      ],
      bot_optional: optional,
    })
    expect(made.settings.event_subscriptions.bot_events).toEqual(['app_uninstalled', 'tokens_revoked'])
    expect(JSON.stringify(made)).not.toContain('url')
  })

  it('has members and channels come as ids where they are read, and text as it was typed elsewhere', () => {
    const { features } = slackManifest({ socketMode: true, publicUrl: undefined })
    const escaped = features.slash_commands.filter(({ should_escape }) => should_escape)
    expect(escaped.map(({ command }) => command)).toEqual(['/together', '/digest', '/indiescout'])
  })

  it('names the address of HTTP mode wherever Slack asks for one', () => {
    const made = manifest.parse(slackManifest({ socketMode: false, publicUrl: 'https://bot.example/' }))
    const expected = 'https://bot.example/slack/events'
    expect(made.settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: expected },
      event_subscriptions: { request_url: expected },
    })
    for (const command of made.features.slash_commands) expect(command.url).toBe(expected)
  })

  it('names where those who install the app come back, where workspaces do so by themselves', () => {
    const options = { socketMode: true, publicUrl: 'https://bot.example/scout/' }
    expect(slackManifest({ ...options, oauth: true }).oauth_config).toHaveProperty('redirect_urls', [
      'https://bot.example/scout/slack/oauth_redirect',
    ])
    expect(slackManifest(options).oauth_config).not.toHaveProperty('redirect_urls')
  })

  it.each([undefined, 'http://bot.example'])('is not made for HTTP mode at %s', (publicUrl) => {
    expect(() => slackManifest({ socketMode: false, publicUrl })).toThrow(
      'PUBLIC_URL must be an https address',
    )
  })
})
