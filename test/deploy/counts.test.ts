import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'

const COUNT = path.resolve(import.meta.dirname, '../../.ci/count.mjs')

/** As vitest's JSON reporter writes it, as far as it is read. */
const report = ({ passed = 0, failed = 0, skipped = 0, todo = 0, broken = 0 }) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: skipped,
  numTodoTests: todo,
  testResults: [
    { name: path.resolve('test/a.test.ts'), status: 'passed', assertionResults: [{ status: 'passed' }] },
    ...Array.from({ length: failed }, () => ({
      name: path.resolve('test/b.test.ts'),
      status: 'failed',
      assertionResults: [
        { status: 'passed' },
        { status: 'failed', fullName: 'a sum is right', failureMessages: ['Error: expected 4\n  at b.ts'] },
      ],
    })),
    ...Array.from({ length: broken }, () => ({
      name: path.resolve('test/c.test.ts'),
      status: 'failed',
      message: 'Error: no such module\n  at c.ts',
      assertionResults: [],
    })),
  ],
})

async function count(...reports: readonly object[]) {
  const folder = await temporaryFolder()
  const files = reports.map((_, at) => path.join(folder, `${at}.json`))
  await Promise.all(files.map((file, at) => writeFile(file, JSON.stringify(reports[at]))))
  return counted([...files])
}

/** The files that are worth a second run. */
const listed = async (file: string) =>
  (await promisify(execFile)(process.execPath, [path.join(path.dirname(COUNT), 'failed.mjs'), file])).stdout

const counted = (files: readonly string[]) =>
  promisify(execFile)(process.execPath, [COUNT, ...files]).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, code }),
  )

describe('what CI ends with', () => {
  it('is one line over several runs', async () => {
    const reports = [report({ passed: 3_700, failed: 1, skipped: 2 }), report({ passed: 60, todo: 1 })]
    const { stdout, code } = await count(...reports)
    expect(stdout.split('\n').slice(-2)).toEqual(['3760 passed, 1 failed, 3 skipped', ''])
    expect(code).toBe(0)
  })

  it('counts a file that could not be loaded as failed', async () => {
    const { stdout } = await count(report({ passed: 5, broken: 2 }))
    expect(stdout.endsWith('\n5 passed, 2 failed, 0 skipped\n')).toBe(true)
  })

  it('names what failed before, a hundred at most', async () => {
    const { stdout } = await count(report({ failed: 1 }), report({ broken: 1 }))
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'FAIL test/b.test.ts > a sum is right: Error: expected 4',
      'FAIL test/c.test.ts: Error: no such module',
    ])
    const many = await count(report({ failed: 120 }))
    expect(many.stdout.split('\n')).toHaveLength(103)
    expect(many.stdout).toContain('\nand 20 more\n0 passed, 120 failed, 0 skipped\n')
  })

  it('lets the second run of a file count, and names what failed in the first alone', async () => {
    const folder = await temporaryFolder()
    const [first, second] = [path.join(folder, 'tests.json'), path.join(folder, 'tests.again.json')]
    await writeFile(first, JSON.stringify(report({ passed: 8, failed: 1, broken: 1 })))
    expect(await listed(first)).toBe('test/b.test.ts\ntest/c.test.ts\n')
    const steady = [{ status: 'passed' }, { status: 'passed', fullName: 'a sum is right' }]
    const again = [
      { name: path.resolve('test/b.test.ts'), status: 'passed', assertionResults: steady },
      {
        name: path.resolve('test/c.test.ts'),
        status: 'failed',
        message: 'Error: none',
        assertionResults: [],
      },
    ]
    await writeFile(second, JSON.stringify({ testResults: again }))
    expect((await counted([first])).stdout).toBe(
      [
        'UNSTEADY, passed when run alone: test/b.test.ts > a sum is right: Error: expected 4',
        'FAIL test/c.test.ts: Error: none',
        '9 passed, 1 failed, 0 skipped\n',
      ].join('\n'),
    )
  })

  it('runs nothing a second time where many files failed, or none', async () => {
    const file = path.join(await temporaryFolder(), 'tests.json')
    await writeFile(file, JSON.stringify(report({ broken: 6 })))
    expect(await listed(file)).toBe('')
    await writeFile(file, JSON.stringify(report({ passed: 6 })))
    expect(await listed(file)).toBe('')
  })

  it('fails where a run left no report', async () => {
    expect(await counted(['/nonexistent/test.json'])).toEqual({
      stdout: '0 passed, 0 failed, 0 skipped\n',
      stderr: expect.stringContaining('no counts from /nonexistent/test.json'),
      code: 1,
    })
  })
})
