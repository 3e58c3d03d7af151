// Prints one line over the JSON reports of several runs of vitest: `N passed, N failed, N skipped`. Fails where one is missing.
import { readFileSync } from 'node:fs'

/** A file that could not be loaded, or whose hooks failed, has no failed test of its own. */
function failedFiles({ testResults }) {
  return testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length
}

function countsOf(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + failedFiles(report),
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch (error) {
    console.error(`no counts from ${file}: ${error.message}`)
    process.exitCode = 1
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

const counts = process.argv.slice(2).map(countsOf)
const sum = (name) => counts.reduce((total, each) => total + each[name], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
