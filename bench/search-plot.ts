import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readTrials } from '../bot/tasks/search.ts'
import { WANTED_COVERAGE } from '../inference/evaluation/search.ts'
import { searchSvg } from './search-svg.ts'

/** node bench/search-plot.ts .data/search.jsonl .github/assets/search.svg */
const { positionals } = parseArgs({ allowPositionals: true })
const [log = '.data/search.jsonl', picture = 'search.svg'] = positionals
const [ease, ...trials] = await readTrials(log)
if (!ease || trials.length === 0)
  throw new Error(`${log} holds no search: npm run evaluate -- --search 20 makes one`)
await writeFile(picture, searchSvg(ease, trials, WANTED_COVERAGE * ease.row.coverage10))
console.log(`${trials.length + 1} trials drawn to ${picture}`)
