// Names what failed in the JSON reports of several runs of vitest, then closes with one line over all of them:
// `N passed, N failed, N skipped`. Fails where a report is missing.
import { resultOf } from './reports.mjs'

/** Of a log, the end is what people read. */
const MOST_NAMED = 100

function countedOf(report) {
  try {
    return resultOf(report)
  } catch (error) {
    console.error(`no counts from ${report}: ${error.message}`)
    process.exitCode = 1
    return { passed: 0, failures: [], unsteady: [], skipped: 0 }
  }
}

const results = process.argv.slice(2).map(countedOf)
const sum = (name) => results.reduce((total, each) => total + each[name], 0)
const failures = results.flatMap((each) => each.failures)
for (const { unsteady } of results)
  for (const failure of unsteady) console.log(`UNSTEADY, passed when run alone: ${failure}`)
for (const failure of failures.slice(0, MOST_NAMED)) console.log(`FAIL ${failure}`)
if (failures.length > MOST_NAMED) console.log(`and ${failures.length - MOST_NAMED} more`)
console.log(`${sum('passed')} passed, ${failures.length} failed, ${sum('skipped')} skipped`)
