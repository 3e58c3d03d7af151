import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSteamId64 } from '../../../core/ids.ts'
import { parseSteamTarget } from '../../../core/players/steam-id.ts'

const GABE = { kind: 'id', id: '76561197960287930' }
const GABE_BY_NAME = { kind: 'vanity', name: 'gabelogannewell' }

describe('parseSteamTarget', () => {
  it.each([
    '76561197960287930',
    'STEAM_0:0:11101',
    'STEAM_1:0:11101',
    'steam_1:0:11101',
    '[U:1:22202]',
    'U:1:22202',
    '22202',
    'https://steamcommunity.com/profiles/76561197960287930',
    'http://www.steamcommunity.com/profiles/76561197960287930/',
    'steamcommunity.com/profiles/76561197960287930?l=german',
    'https://steamcommunity.com/profiles/[U:1:22202]',
    'https://steamcommunity.com/profiles/%5BU:1:22202%5D/',
    'HTTPS://SteamCommunity.com/profiles/76561197960287930/games/?tab=all#top',
    '  `76561197960287930` ',
    '```76561197960287930```',
    '<https://steamcommunity.com/profiles/76561197960287930>',
    '`<https://steamcommunity.com/profiles/76561197960287930>`',
    'https://my.steamchina.com/profiles/76561197960287930',
    'https://s.team/p/hjqp',
    's.team/p/hj-qp/AbCdEfGh?x=1',
    'https://steamcommunity.com/user/hj-qp/',
    'https://steamcommunity.com/user/hjqp/XYZ',
    'Gabe https://steamcommunity.com/profiles/76561197960287930',
    '76561197960287930 (Gabe Newell)',
    'Gabe: STEAM_0:0:11101',
    'my id is U:1:22202.',
    '**76561197960287930**',
    '“76561197960287930”',
    '\u200e76561197960287930\u200b',
    '７６５６１１９７９６０２８７９３０',
    'https://steamcommunity.com/profiles/76561197960287930.',
  ])('reads the id in %s', (text) => expect(parseSteamTarget(text)).toEqual(GABE))

  it.each([
    'gabelogannewell',
    'https://steamcommunity.com/id/gabelogannewell',
    'www.steamcommunity.com/id/gabelogannewell/games?tab=all',
    '<https://steamcommunity.com/id/gabelogannewell/|gabelogannewell>',
  ])('reads the custom name in %s', (text) => expect(parseSteamTarget(text)).toEqual(GABE_BY_NAME))

  it('takes digits for a custom name only in a link', () => {
    expect(parseSteamTarget('https://steamcommunity.com/id/12345')).toEqual({ kind: 'vanity', name: '12345' })
    expect(parseSteamTarget('https://steamcommunity.com/id/76561197960287930')).toEqual({
      kind: 'vanity',
      name: '76561197960287930',
    })
    expect(parseSteamTarget('12345')).toEqual({ kind: 'id', id: '76561197960278073' })
  })

  it('takes the instance bits off, so that one account has one id', () => {
    const otherInstance = String(76561197960287930n + (1n << 32n))
    expect(parseSteamTarget(otherInstance)).toEqual(GABE)
  })

  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['one letter', 'a'],
    ['33 letters', 'a'.repeat(33)],
    ['a name with a space', 'gabe newell'],
    ['letters beyond ASCII', 'гейб'],
    ['account 0', '76561197960265728'],
    ['account 0, old form', 'STEAM_0:0:0'],
    ['account 0, new form', '[U:1:0]'],
    ['friend code 0', '0'],
    ['a friend code past 32 bits', '4294967296'],
    ['an account past 32 bits', '[U:1:4294967296]'],
    ['an old form past 32 bits', 'STEAM_0:0:2147483648'],
    ['a third half', 'STEAM_0:2:11101'],
    ['the beta universe', 'STEAM_2:0:11101'],
    ['another universe', '[U:2:22202]'],
    ['a group', '[g:1:4]'],
    ["a group's id64", '103582791429521412'],
    ["a game server's id64", '90071992547409920'],
    ["another universe's id64", '148618791998215882'],
    ['17 digits below the range', '10000000000000000'],
    ['17 digits past the range', '99999999999999999'],
    ['12 digits', '123456789012'],
    ['30 digits', '7'.repeat(30)],
    ['another host', 'https://example.com/profiles/76561197960287930'],
    ['a host that only ends alike', 'https://evilsteamcommunity.com/id/gabe'],
    ['a host that only begins alike', 'https://steamcommunity.com.evil.example/id/gabe'],
    ['a host behind a user name', 'https://steamcommunity.com@evil.example/id/gabe'],
    ['another port', 'https://steamcommunity.com:8080/id/gabe'],
    ['another scheme', 'ftp://steamcommunity.com/id/gabe'],
    ['a script', 'javascript://steamcommunity.com/id/gabe'],
    ['a group link', 'https://steamcommunity.com/groups/valve'],
    ['two accounts', '76561197960287930 76561197960287931'],
    ['a short link of another kind', 'https://s.team/a/620'],
    ['a short link with strange letters', 'https://s.team/p/aeiou'],
    ['a link to nobody', 'https://steamcommunity.com/id/'],
    ['a profile link with a name', 'https://steamcommunity.com/profiles/gabelogannewell'],
    ['the site itself', 'https://steamcommunity.com/'],
    ['a mention', '<@U024BE7LH|gabe>'],
    ['Arabic digits', '٧٦٥٦١١٩٧٩٦٠٢٨٧٩٣٠'],
    ['a very long text', `https://steamcommunity.com/id/gabe?${'a'.repeat(1_000)}`],
  ])('refuses %s', (_what, text) => expect(parseSteamTarget(text)).toBeUndefined())

  it('reads all forms of one account as the same id', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 32 - 1 }),
        fc.nat({ max: 2 ** 20 - 1 }),
        (account, instance) => {
          const id = String(76561197960265728n + BigInt(account))
          const elsewhere = (1n << 56n) + (1n << 52n) + (BigInt(instance) << 32n) + BigInt(account)
          const forms = [
            id,
            String(elsewhere),
            String(account),
            `STEAM_0:${account % 2}:${Math.floor(account / 2)}`,
            `STEAM_1:${account % 2}:${Math.floor(account / 2)}`,
            `[U:1:${account}]`,
            `https://steamcommunity.com/profiles/${id}`,
            `steamcommunity.com/profiles/[U:1:${account}]/`,
            `<http://www.steamcommunity.com/profiles/${id}/?a=1|profile>`,
          ]
          for (const form of forms) expect(parseSteamTarget(form)).toEqual({ kind: 'id', id })
        },
      ),
    )
  })

  it('reads every custom name that is not all digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{2,32}$/), (name) => {
        const expected = { kind: 'vanity', name }
        expect(parseSteamTarget(`https://steamcommunity.com/id/${name}/`)).toEqual(expected)
        const isMarked = /^_+\d+_+$|^__.+__$/.test(name)
        if (!/^\d+$/.test(name) && !isMarked) expect(parseSteamTarget(` ${name}`)).toEqual(expected)
      }),
    )
    expect(parseSteamTarget('__gabe__')).toEqual({ kind: 'vanity', name: 'gabe' })
  })

  it('answers any text with a valid target or nothing, never an error', () => {
    const pieces = fc.constantFrom(
      'https://',
      'steamcommunity.com',
      '/id/',
      '/profiles/',
      '[U:1:',
      ']',
      '<',
      '|',
      '>',
      '`',
      '%',
      '%5B',
      '@',
      '76561197960287930',
      'STEAM_0:',
      '9',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc
        .array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 12 })
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (typed) => {
        const target = parseSteamTarget(typed)
        if (target?.kind === 'id') expect(parseSteamId64(target.id)).toBe(target.id)
        if (target?.kind === 'vanity') expect(target.name).toMatch(/^[A-Za-z0-9_-]{2,32}$/)
      }),
      { numRuns: 1_000 },
    )
  })
})
