import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../../bot/config/config.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const PAGES = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md'],
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
/** Without what is code: there, brackets and # mean something else. */
const proseOf = (file: string) => read(file).replaceAll(/^ *```[\s\S]*?^ *```/gm, '')

/** As GitHub names headings. */
function anchorsOf(file: string): string[] {
  const seen = new Map<string, number>()
  return [...proseOf(file).matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-')
    const before = seen.get(slug) ?? 0
    seen.set(slug, before + 1)
    return before === 0 ? slug : `${slug}-${before}`
  })
}

const targetsOf = (file: string) =>
  [...proseOf(file).matchAll(/\]\(([^()\s]+)\)|\bsrc="([^"]+)"/g)]
    .map(([, link, source]) => link ?? source ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))

/** Why a link leads nowhere; undefined where it leads somewhere. */
function faultOf(file: string, target: string): string | undefined {
  const [name = '', anchor] = target.split('#')
  const to = name === '' ? file : path.join(path.dirname(file), name)
  if (!existsSync(path.join(ROOT, to))) return `${target}: no such file`
  if (anchor !== undefined && !anchorsOf(to).includes(anchor)) return `${target}: no such heading`
  return undefined
}

const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']

/** Settings of something else than this program. */
const OTHERS = ['NVIDIA_DRIVER_CAPABILITIES', 'POSTGRES_PASSWORD', 'SHARD_COUNT', 'SLACK_WEBHOOK_URL']

describe.each(PAGES)('%s', (file) => {
  it('has no link that leads nowhere', () => {
    const faults = targetsOf(file).map((target) => faultOf(file, target))
    expect(faults.filter((fault) => fault !== undefined)).toEqual([])
  })

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...read(file).matchAll(/npm run ([a-z][a-z:]*)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('names settings that exist', () => {
    const named = [...read(file).matchAll(/`([A-Z]+(?:_[A-Z]+)+)\b/g)].map(([, name = '']) => name)
    const known = [...SETTINGS, ...OTHERS]
    expect(named.filter((name) => !known.includes(name))).toEqual([])
  })
})

it('the pages have links and commands to look at', () => {
  expect(PAGES.length).toBeGreaterThan(4)
  expect(targetsOf('README.md').length).toBeGreaterThan(10)
  expect(faultOf('README.md', 'nowhere.md')).toContain('no such file')
  expect(faultOf('README.md', '#nowhere')).toContain('no such heading')
})

it('the README is short enough to be read', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150)
})

it('every page in docs is named in the README', () => {
  const pages = PAGES.filter((page) => page.startsWith('docs/'))
  expect(pages.filter((page) => !targetsOf('README.md').includes(page))).toEqual([])
})

/** https://keepachangelog.com/en/1.1.0/ */
it('the changelog is in its form, and its newest release is the version of the package', () => {
  const changelog = read('CHANGELOG.md')
  const { version } = JSON.parse(read('package.json')) as { version: string }
  const releases = [...changelog.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
  expect(releases[0]).toBe('Unreleased')
  expect(releases[1]?.split(' - ')[0]).toBe(version)
  for (const release of releases.slice(1)) expect(release).toMatch(/^\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d$/)
  const kinds = [...changelog.matchAll(/^### (.+)$/gm)].map(([, kind = '']) => kind)
  expect(kinds.filter((kind) => !KINDS.includes(kind))).toEqual([])
})
