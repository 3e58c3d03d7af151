import { execFile } from 'node:child_process'
import { cp, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from './support/folder.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const FOLDERS = ['bot', 'core', 'db', 'inference', 'migrations']

/** The one file that names the platforms and the playground. */
const COMPOSITION_ROOT = 'bot/app/platforms.ts'

/** A copy of the program without one of its folders. */
async function copyWithout(folder: string): Promise<string> {
  const copy = await temporaryFolder()
  await Promise.all(
    FOLDERS.map((name) =>
      cp(path.join(ROOT, name), path.join(copy, name), {
        recursive: true,
        filter: (file) => file !== path.join(ROOT, folder) && !/\.(?:gz|ttf)$/.test(file),
      }),
    ),
  )
  await cp(path.join(ROOT, 'package.json'), path.join(copy, 'package.json'))
  await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'))
  const extended = path.join(ROOT, 'tsconfig.json')
  await writeFile(path.join(copy, 'tsconfig.json'), JSON.stringify({ extends: extended, include: FOLDERS }))
  return copy
}

/** What the compiler says, one fault a line. */
function compile(folder: string): Promise<readonly string[]> {
  const tsc = path.join(ROOT, 'node_modules/.bin/tsc')
  return new Promise((resolve) =>
    execFile(tsc, ['--pretty', 'false', '-p', folder], { cwd: folder }, (_error, stdout) =>
      resolve(stdout.split('\n').filter((line) => /error TS\d+/.test(line))),
    ),
  )
}

it.each(['bot/discord', 'bot/slack', 'bot/playground'])(
  'without %s the rest compiles, but for the lines of the composition root that name it',
  async (folder) => {
    const copy = await copyWithout(folder)
    const faults = await compile(copy)
    const missing = `${path.basename(folder)}/`
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.filter((line) => !line.startsWith(`${COMPOSITION_ROOT}(`))).toEqual([])
    expect(faults.filter((line) => !line.includes(`TS2307: Cannot find module '../${missing}`))).toEqual([])
  },
)
