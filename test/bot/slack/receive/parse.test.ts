import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asksForUsage, unwrapped } from '../../../../bot/platform/command-line.ts'
import { parseText } from '../../../../bot/slack/receive/parse.ts'
import { type CommandName, findCommand } from '../../../../core/commands/catalogue.ts'
import { parseCommand } from '../../../../core/parsing/parse.ts'
import { syntaxFor } from '../../../support/builders/platforms.ts'
import { asker } from '../../../support/builders/requesters.ts'

const specOf = (name: CommandName) => findCommand(name) ?? expect.unreachable()
const read = (text: string, name: CommandName = 'recommend') => parseText(text, specOf(name))

describe('the text behind a command', () => {
  it.each([
    ['76561197960287930', { steam_id: '76561197960287930' }],
    ['  gabelogannewell  ', { steam_id: 'gabelogannewell' }],
    ['STEAM_0:1:11101', { steam_id: 'STEAM_0:1:11101' }],
    ['[U:1:22202]', { steam_id: '[U:1:22202]' }],
    ['https://steamcommunity.com/id/x', { steam_id: 'https://steamcommunity.com/id/x' }],
    ['steam_id:https://steamcommunity.com/id/x', { steam_id: 'https://steamcommunity.com/id/x' }],
    ['<https://steamcommunity.com/id/x>', { steam_id: 'https://steamcommunity.com/id/x' }],
    [
      '<https://steamcommunity.com/id/x|steam community> count:3',
      { steam_id: 'https://steamcommunity.com/id/x', count: '3' },
    ],
    ['x genre:Roguelike max_price:15', { steam_id: 'x', genre: 'Roguelike', max_price: '15' }],
    ['x genre:"Action Roguelike"', { steam_id: 'x', genre: 'Action Roguelike' }],
    ['x genre:“Action Roguelike” count:5', { steam_id: 'x', genre: 'Action Roguelike', count: '5' }],
    ['x genre:„Action Roguelike“', { steam_id: 'x', genre: 'Action Roguelike' }],
    ['x genre:Action Roguelike count:5', { steam_id: 'x', genre: 'Action Roguelike', count: '5' }],
    ['x genre: Roguelike', { steam_id: 'x', genre: 'Roguelike' }],
    ['x genre: "Action Roguelike" ', { steam_id: 'x', genre: 'Action Roguelike' }],
    ['x genre: count:5', { steam_id: 'x', genre: '', count: '5' }],
    ['x GENRE:Puzzle', { steam_id: 'x', genre: 'Puzzle' }],
    ['genre:Action Roguelike', { steam_id: '', genre: 'Action Roguelike' }],
    [
      'like:"Hades; Slay the Spire" on_sale:yes',
      { steam_id: '', like: 'Hades; Slay the Spire', on_sale: 'yes' },
    ],
    [
      'like:Hades; Slay the Spire age:this-year',
      { steam_id: '', like: 'Hades; Slay the Spire', age: 'this-year' },
    ],
    ['genre:"Action Roguelike" x', { steam_id: 'x', genre: 'Action Roguelike' }],
    ['x genre:Beat &amp; Groove', { steam_id: 'x', genre: 'Beat & Groove' }],
    ['<http://steamcommunity.com/id/x|steamcommunity.com/id/x>', { steam_id: 'steamcommunity.com/id/x' }],
    ['*<https://steamcommunity.com/id/x|x>*', { steam_id: '*https://steamcommunity.com/id/x*' }],
    ['like:<mailto:a@b.example|a@b.example>', { steam_id: '', like: 'a@b.example' }],
    [
      'like:<http://agar.io|agar.io>; <http://Slither.io|Slither.io>',
      { steam_id: '', like: 'agar.io; Slither.io' },
    ],
    ['like:"<http://agar.io|agar.io>; Hades"', { steam_id: '', like: 'agar.io; Hades' }],
    [
      'like:"<https://a.example/1>;<https://a.example/2|two>"',
      { steam_id: '', like: 'https://a.example/1;https://a.example/2' },
    ],
    ['like:&lt;https://a.example&gt;', { steam_id: '', like: '<https://a.example>' }],
    ['x genre:"unclosed words', { steam_id: 'x', genre: 'unclosed words' }],
    ['x genre:A genre:B', { steam_id: 'x', genre: 'B' }],
    ['x constructor:y', { steam_id: 'x constructor:y' }],
    ['x price:15', { steam_id: 'x', price: '15' }],
    ['FTL: Faster Than Light', { steam_id: 'FTL: Faster Than Light' }],
    ['Dragon Age: Origins', { steam_id: 'Dragon Age: Origins' }],
    [
      'like:Dragon Age: Origins; FTL: Faster Than Light age: this-year',
      { steam_id: '', like: 'Dragon Age: Origins; FTL: Faster Than Light', age: 'this-year' },
    ],
    ['', { steam_id: '' }],
  ])('%j is read', (text, values) => {
    expect(read(text)).toEqual(values)
  })

  it('fills what a command cannot do without before it goes on with an option', () => {
    expect(read('sort:new Roguelike, Co-op', 'curate')).toEqual({ genre: 'Roguelike, Co-op', sort: 'new' })
    expect(read('Slay the Spire count:3', 'similar')).toEqual({ game: 'Slay the Spire', count: '3' })
  })

  it.each([
    'FTL: Faster Than Light',
    'Number Game:24 Points',
    'There Is No Game: Wrong Dimension',
    'NieR:Automata™',
    'Spy Fox in "Dry Cereal"',
    '"Glow Ball" - The billiard puzzle game',
    'The "Quiet, Please!" Collection',
    'Dimmdrive :: Gaming Ramdrive @ 10,000+ MB/s',
    '>//:System.Hack',
    'Help',
  ])('is the title %j, in which no word is an option', (title) => {
    const typed = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    expect(read(typed, 'similar')).toEqual({ game: title })
    expect(read(`${typed} count:3`, 'similar')).toEqual({ game: title, count: '3' })
    expect(read(`count:3 ${typed}`, 'similar')).toEqual({ game: title, count: '3' })
    expect(asksForUsage(typed, specOf('similar'))).toBe(false)
  })

  it('stands for an option of that name where a command takes none, which then says so', () => {
    expect(read('me please', 'unlink')).toEqual({ 'me please': 'me please' })
    expect(read('', 'unlink')).toEqual({})
  })

  it('is read without an error, whatever it is', () => {
    const piece = fc.constantFrom(
      ':',
      '"',
      '“',
      '”',
      '<',
      '>',
      '|',
      ' ',
      'genre',
      'https://',
      '__proto__:x',
      '&amp;',
    )
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 20 })
    const typing = asker({ user: 'slack:T1.U1', channel: 'slack:T1.C1', place: 'slack:T1' })
    fc.assert(
      fc.property(text, (parts) => {
        const values = read(parts.join(''))
        for (const value of Object.values(values)) expect(value).toBeTypeOf('string')
        expect(parseCommand('recommend', values, typing, syntaxFor(typing))).toBeDefined()
      }),
    )
  })

  it('gives back every option that was written with quotes', () => {
    const value = fc.stringMatching(/^[\p{L}\p{N}:/.&'()-]([\p{L}\p{N} :/.'()-]*[\p{L}\p{N}:/.'()-])?$/u)
    const quotes = fc.constantFrom(['"', '"'], ['“', '”'], ['„', '“'])
    fc.assert(
      fc.property(value, value, quotes, (genre, steamId, [open, close]) => {
        const text = `genre:${open}${genre}${close} steam_id:${open}${steamId}${close}`
        expect(read(text)).toEqual({ steam_id: steamId, genre })
      }),
    )
  })
})

describe('the text of a generic command, in which Slack writes addresses and channels by its own marks', () => {
  it.each([
    ['link', '<https://steamcommunity.com/id/x>', { steam_id: 'https://steamcommunity.com/id/x' }],
    [
      'link',
      '<http://steamcommunity.com/id/x|steamcommunity.com/id/x>',
      { steam_id: 'steamcommunity.com/id/x' },
    ],
    ['link', '[U:1:22202]', { steam_id: '[U:1:22202]' }],
    ['settings', 'ko', { language: 'ko' }],
    [
      'settings',
      'block:<https://store.steampowered.com/app/620>; <https://store.steampowered.com/app/70|Half-Life>; agar.io',
      {
        language: '',
        block: 'https://store.steampowered.com/app/620; https://store.steampowered.com/app/70; agar.io',
      },
    ],
    [
      'settings',
      'unblock:"Papers, Please" mature:yes',
      { language: '', unblock: 'Papers, Please', mature: 'yes' },
    ],
    ['settings', 'channels:<#C1|general> <#C2|>', { language: '', channels: '<#C1|general> <#C2|>' }],
  ] as const)('/indiescout %s %s', (name, text, values) => {
    expect(read(text, name)).toEqual(values)
    const typing = asker({ user: 'slack:T1.U1', channel: 'slack:T1.C1', place: 'slack:T1' })
    expect(parseCommand(name, values, typing, syntaxFor(typing))).toMatchObject({ ok: true })
  })
})

it.each([
  ['recommend', '', false],
  ['curate', '', true],
  ['curate', '   ', true],
  ['recommend', 'help', true],
  ['recommend', ' HELP ', true],
  ['recommend', '?', true],
  ['recommend', '--help', true],
  ['recommend', 'helpful', false],
  ['recommend', 'help me', false],
  ['unlink', '', false],
] as const)('/%s with %j asks how it is used: %s', (name, text, asks) => {
  expect(asksForUsage(text, specOf(name))).toBe(asks)
})

it.each([
  ['recommend', 'x', { name: 'recommend', text: 'x' }],
  ['indiescout', 'link gabelogannewell', { name: 'link', text: 'gabelogannewell' }],
  ['indiescout', ' /forget-me ', { name: 'forget-me', text: '' }],
  ['indiescout', 'LINK help', { name: 'link', text: 'help' }],
  ['indiescout', 'link\na b', { name: 'link', text: 'a b' }],
  ['indiescout', '', { name: 'help', text: '' }],
  ['indiescout', '  ', { name: 'help', text: '' }],
])('/%s %j is the command that was meant', (name, text, meant) => {
  expect(unwrapped({ name, text })).toEqual(meant)
})
