import { PermissionFlagsBits as Bits, Client, Guild, type GuildChannel } from 'discord.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  channelSchema,
  guildSchema,
  mayReadHistory,
  memberSchema,
} from '../../../../bot/discord/send/history-permission.ts'

const ME = '900000000000000009'
const OTHER = '900000000000000008'
const GUILD = '100000000000000001'
const ROLES = ['200000000000000001', '200000000000000002', '200000000000000003']
const CHANNEL = '300000000000000001'

const flags = fc
  .subarray([Bits.ViewChannel, Bits.ReadMessageHistory, Bits.SendMessages])
  .map((bits) => String(bits.reduce((all, bit) => all | bit, 0n)))
const rarely = fc.oneof(
  { weight: 9, arbitrary: flags },
  { weight: 1, arbitrary: fc.constant(String(Bits.Administrator)) },
)
const overwrites = fc
  .tuple(
    fc.subarray([
      ...[GUILD, ...ROLES].map((id) => ({ id, type: 0 })),
      ...[ME, OTHER].map((id) => ({ id, type: 1 })),
    ]),
    fc.array(fc.record({ allow: flags, deny: flags }), { minLength: 6, maxLength: 6 }),
  )
  .map(([whom, what]) => whom.map((one, at) => ({ ...one, allow: '0', deny: '0', ...what[at] })))

it('is what discord.js makes of the same server', () => {
  const client = new Client({ intents: [] })
  Object.assign(client, { user: { id: ME } })
  const world = fc.record({
    everyone: flags,
    roles: fc.array(rarely, { minLength: 3, maxLength: 3 }),
    held: fc.subarray(ROLES),
    overwrites,
    owner: fc.constantFrom(OTHER, OTHER, OTHER, ME),
  })
  let allowed = 0
  fc.assert(
    fc.property(world, (given) => {
      const guild = {
        ...{ id: GUILD, name: 'Home', owner_id: given.owner },
        roles: [
          { id: GUILD, name: '@everyone', permissions: given.everyone },
          ...ROLES.map((id, at) => ({ id, name: id, permissions: given.roles[at] ?? '0' })),
        ],
      }
      const member = { user: { id: ME, username: 'bot' }, roles: given.held }
      const channel = { id: CHANNEL, type: 0, name: 'c', permission_overwrites: given.overwrites }
      // It would go on with the channel of the run before.
      client.channels.cache.clear()
      const theirs: Guild = Reflect.construct(Guild, [
        client,
        { ...guild, channels: [channel], members: [member] },
      ])
      const [itsMember] = theirs.members.cache.values()
      const itsChannel = theirs.channels.cache.get(CHANNEL) as GuildChannel
      if (!itsMember) throw new Error('discord.js knows no member')
      const expected = itsChannel.permissionsFor(itsMember).has(Bits.ViewChannel | Bits.ReadMessageHistory)
      const ours = mayReadHistory(
        guildSchema.parse(guild),
        memberSchema.parse(member),
        channelSchema.parse(channel),
      )
      allowed += ours ? 1 : 0
      expect(ours).toBe(expected)
    }),
    { numRuns: 500 },
  )
  expect(allowed).toBeGreaterThan(50)
})
