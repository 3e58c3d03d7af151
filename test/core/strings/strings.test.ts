import { readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { LIMITS as DISCORD } from '../../../bot/discord/render/limits.ts'
import { renderDiscord } from '../../../bot/discord/render/render.ts'
import { commandBodies } from '../../../bot/discord/setup/command-body.ts'
import { LIMITS as SLACK } from '../../../bot/slack/render/limits.ts'
import { renderSlack } from '../../../bot/slack/render/render.ts'
import { usage } from '../../../bot/slack/render/usage.ts'
import { OPINIONS } from '../../../core/action.ts'
import { COMMANDS } from '../../../core/commands/catalogue.ts'
import { LOCALES } from '../../../core/locale.ts'
import { commandNameIn, optionNameIn } from '../../../core/strings/names.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { help } from '../../../core/use-cases/help.ts'
import { formatterFor } from '../../support/builders/platforms.ts'
import { type CommandBody, commandListFaults } from '../../support/discord/command-rules.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** Where strings are used: everything but the message files and the contract between them. */
const sources = ['core', 'bot'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        file.endsWith('.ts') && !/strings\/(en\/|ko\/|(names|strings|languages|formats)\.ts$)/.test(file),
    )
    .map((file) => withoutComments(readFileSync(path.join(ROOT, folder, file), 'utf8'))),
)

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

/** Groups and keys that are the members of a union that is used elsewhere: they are looked up by value. */
const BY_VALUE = [
  'commands',
  'choices',
  'groups',
  'problems',
  'failures',
  ...OPINIONS.map((opinion) => `buttons.${opinion}`),
]

type Leaf = { readonly path: string; readonly value: unknown }

function leaves(value: unknown, at: readonly string[] = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path: at.join('.'), value }]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...at, key]))
}

/** A file uses a key if it names both the group and the key: `words.page.head`, or `{ page }` and `page.head`. */
function isUsed(group: string, key: string): boolean {
  const names = (word: string, source: string) =>
    new RegExp(`\\.${word}(?![\\w-])|'${word}'|[{,]\\s*${word}\\s*[,}:]`).test(source)
  return sources.some((source) => names(group, source) && names(key, source))
}

const { format: _format, prices: _prices, ...english } = stringsIn('en')
const keys = [...new Set(leaves(english).map(({ path }) => path.split('.').slice(0, 2).join('.')))]

describe('the message files', () => {
  it('hold no key that nobody uses', () => {
    const byValue = (key: string) => BY_VALUE.some((group) => `${key}.`.startsWith(`${group}.`))
    const named = keys.filter((key) => key.includes('.') && !byValue(key))
    const unused = named.filter((key) => {
      const [group = '', name = ''] = key.split('.')
      return !isUsed(group, name)
    })
    expect(unused).toEqual([])
  })

  it('explain no problem that never comes up', () => {
    const raised = (kind: string) =>
      sources.filter((source) => new RegExp(`kind: [^\\n]*'${kind}'|'${kind}'[,;]?$`, 'm').test(source))
        .length
    // Once it stands in the contract, where each kind is declared.
    expect(Object.keys(english.problems).filter((kind) => raised(kind) < 2)).toEqual([])
  })
})

/** What is the same in both languages: names, and what Steam asks for word by word. */
const SAME = /^(Windows|macOS|Linux|English|한국어|Powered by Steam|en|ko)$/

describe.each(LOCALES)('the words in %s', (locale) => {
  const strings = stringsIn(locale)
  const { format: _formats, prices: _alike, placeKind: _platform, ...spoken } = strings
  const texts = leaves(spoken).filter(
    (leaf): leaf is { path: string; value: string } => typeof leaf.value === 'string',
  )

  it('are none of them empty, and no one of them is left in the other language', () => {
    const hangul = /\p{Script=Hangul}/u
    const wrong = texts.filter(({ value }) => value.trim() === '' || hangul.test(value) !== (locale === 'ko'))
    expect(wrong.filter(({ value }) => !SAME.test(value))).toEqual([])
  })

  it.each([...COMMANDS])('describe /$name within what Discord takes', ({ name }) => {
    const { description, options } = strings.commands[name]
    for (const text of [description, ...Object.values<string>(options)]) {
      expect(text.length, text).toBeGreaterThan(0)
      expect(text.length, text).toBeLessThanOrEqual(DISCORD.commandDescription)
    }
  })

  it('name choices and buttons within what both platforms take', () => {
    const choices = leaves(strings.choices).map(({ value }) => String(value))
    for (const choice of choices) expect(choice.length).toBeLessThanOrEqual(DISCORD.choiceName)
    const labels = [
      ...leaves(strings.buttons).map(({ value }) => String(value)),
      strings.account.check,
      strings.privacy.forget,
    ]
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(SLACK.buttonText)
  })

  it('fit in a message, each alone, as Discord escapes it', () => {
    for (const { value } of texts) {
      const reply = { delivery: 'answer', summary: value, blocks: [], buttons: [], attachments: [] } as const
      expect(renderDiscord(reply).content.endsWith('…')).toBe(value.endsWith('…'))
    }
  })

  it('say all of the help on both platforms', () => {
    const shown = renderDiscord(help(strings)).content
    for (const { name } of COMMANDS) expect(shown).toContain(name.split(' ').at(-1))
    expect(shown).not.toContain('…')
    const onSlack = stringsIn(locale, formatterFor({ user: 'slack:T1.U1', locale }))
    expect(JSON.stringify(renderSlack(help(onSlack)))).toContain('/indiescout forget-me')
  })

  it.each([...COMMANDS])('explain /$name on Slack in full', (spec) => {
    const { blocks } = renderSlack(
      usage(spec, stringsIn(locale, formatterFor({ user: 'slack:T1.U1', locale }))),
    )
    const text = JSON.stringify(blocks)
    expect(text).toContain(strings.commands[spec.name].description)
    for (const { name } of spec.options) expect(text).toContain(`*${name}*`)
  })
})

it('the commands are such as Discord takes, in every language', () => {
  expect(commandListFaults(commandBodies() as CommandBody[])).toEqual([])
})

describe('the names of commands and options in Korean', () => {
  const names = [
    ...COMMANDS.map(({ name }) => commandNameIn('ko', name)),
    ...COMMANDS.flatMap(({ options }) => options.map(({ name }) => optionNameIn('ko', name))),
  ]

  it('are Korean, and spelled in the one way in which Discord finds them', () => {
    for (const name of names) {
      expect(name).toMatch(/^[\p{Script=Hangul}_]+( [\p{Script=Hangul}_]+)?$/u)
      expect(name).toBe(name.normalize('NFC'))
    }
  })

  it('do not lead a name astray that the catalogue does not have', () => {
    for (const name of ['toString', '__proto__', '']) expect(optionNameIn('ko', name)).toBe(name)
  })
})

describe('a community', () => {
  it.each([
    ['discord', /\bworkspaces?\b|워크스페이스/i],
    ['slack', /\bservers?\b|서버/i],
  ])('is called by what %s calls it', async (platform, foreign) => {
    const folder = path.join(import.meta.dirname, '../../golden', platform)
    const wrong: string[] = []
    for (const name of await readdir(folder))
      if (foreign.test(await readFile(path.join(folder, name), 'utf8'))) wrong.push(name)
    expect(wrong).toEqual([])
  })
})
