// Prints the test files that failed in a JSON report of vitest, a line each: those worth a second run. Many are no accident.
import { failedFiles } from './reports.mjs'

const MOST = 5

const failed = failedFiles(process.argv[2])
if (failed.length > 0 && failed.length <= MOST) console.log(failed.join('\n'))
