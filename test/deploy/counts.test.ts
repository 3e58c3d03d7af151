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
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ...Array.from({ length: failed }, () => ({
      ...{ status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    })),
    ...Array.from({ length: broken }, () => ({ status: 'failed', assertionResults: [] })),
  ],
})

async function count(...reports: readonly object[]) {
  const folder = await temporaryFolder()
  const files = reports.map((_, at) => path.join(folder, `${at}.json`))
  await Promise.all(files.map((file, at) => writeFile(file, JSON.stringify(reports[at]))))
  return counted([...files])
}

const counted = (files: readonly string[]) =>
  promisify(execFile)(process.execPath, [COUNT, ...files]).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, code }),
  )

describe('what CI ends with', () => {
  it('is one line over several runs', async () => {
    const reports = [report({ passed: 3_700, failed: 1, skipped: 2 }), report({ passed: 60, todo: 1 })]
    expect(await count(...reports)).toEqual({ stdout: '3760 passed, 1 failed, 3 skipped\n', code: 0 })
  })

  it('counts a file that could not be loaded as failed', async () => {
    expect(await count(report({ passed: 5, broken: 2 }))).toMatchObject({
      stdout: '5 passed, 2 failed, 0 skipped\n',
    })
  })

  it('fails where a run left no report', async () => {
    expect(await counted(['/nonexistent/test.json'])).toEqual({
      stdout: '0 passed, 0 failed, 0 skipped\n',
      stderr: expect.stringContaining('no counts from /nonexistent/test.json'),
      code: 1,
    })
  })
})
