// Reads the JSON reports of vitest.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const firstLine = (text = '') => text.split('\n')[0].slice(0, 160)
const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
const passedIn = ({ assertionResults }) => assertionResults.filter(({ status }) => status === 'passed').length
const total = (numbers) => numbers.reduce((sum, each) => sum + each, 0)

/** A file that could not be loaded, or whose hooks failed, has no failed test of its own. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = path.relative('', name ?? '')
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : []
  return failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`)
}

/** The files in which something failed. */
export const failedFiles = (report) =>
  read(report)
    .testResults.filter((each) => failuresOf(each).length > 0)
    .map(({ name }) => path.relative('', name))

/** Where the second run of what failed leaves its report. */
export const againFor = (report) => report.replace(/\.json$/, '.again.json')

/**
 * The counts of one run and what failed in it. Of files that were run a second time, the second run counts, and what had failed
 * in the first is unsteady.
 */
export function resultOf(report) {
  const first = read(report)
  const second = existsSync(againFor(report)) ? read(againFor(report)).testResults : []
  const names = new Set(second.map(({ name }) => name))
  const repeated = first.testResults.filter(({ name }) => names.has(name))
  const once = first.testResults.filter(({ name }) => !names.has(name))
  const failures = [...once, ...second].flatMap(failuresOf)
  const failedTwice = new Set(failures.map((failure) => failure.split(': ')[0]))
  return {
    passed: first.numPassedTests - total(repeated.map(passedIn)) + total(second.map(passedIn)),
    failures,
    unsteady: repeated.flatMap(failuresOf).filter((failure) => !failedTwice.has(failure.split(': ')[0])),
    skipped: first.numPendingTests + first.numTodoTests,
  }
}
