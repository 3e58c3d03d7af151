// Names what failed in the JSON reports of several runs of vitest, then closes with one line over all of them:
// `N passed, N failed, N skipped`. Fails where a report is missing.
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Of a log, the end is what people read. */
const MOST_NAMED = 100

const firstLine = (text = '') => text.split('\n')[0].slice(0, 160)

/** A file that could not be loaded, or whose hooks failed, has no failed test of its own. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = path.relative('', name ?? '')
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : []
  return failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`)
}

function resultOf(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return {
      passed: report.numPassedTests,
      failures: report.testResults.flatMap(failuresOf),
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch (error) {
    console.error(`no counts from ${file}: ${error.message}`)
    process.exitCode = 1
    return { passed: 0, failures: [], skipped: 0 }
  }
}

const results = process.argv.slice(2).map(resultOf)
const sum = (name) => results.reduce((total, each) => total + each[name], 0)
const failures = results.flatMap((each) => each.failures)
for (const failure of failures.slice(0, MOST_NAMED)) console.log(`FAIL ${failure}`)
if (failures.length > MOST_NAMED) console.log(`and ${failures.length - MOST_NAMED} more`)
console.log(`${sum('passed')} passed, ${failures.length} failed, ${sum('skipped')} skipped`)
