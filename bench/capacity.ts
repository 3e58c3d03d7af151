import { readFileSync, writeFileSync } from 'node:fs'
import { readFigures } from './capacity/figures.ts'
import { blockOf, PAGE, withBlock } from './capacity/page.ts'
import { capacityPage } from './capacity/table.ts'

/**
 * `node bench/capacity.ts [--write]`: what 1,000, 100,000 and 10 million players need, from the figures in
 * bench/measured, which `npm run bench:load -- --save` and `bench/gram.ts --save` write. `--write` puts it into the
 * scaling page.
 */
const block = capacityPage(readFigures())
if (process.argv.includes('--write')) writeFileSync(PAGE, withBlock(readFileSync(PAGE, 'utf8'), block))
else console.log(block)
if (!process.argv.includes('--write') && blockOf(readFileSync(PAGE, 'utf8')) !== block) {
  console.error(`\n${PAGE} says something else: --write brings it up to date`)
}
