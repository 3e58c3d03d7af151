import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** Seconds that the longest files took beside other work. A stale or missing one costs balance, nothing else. */
const SECONDS: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(path.join(ROOT, 'test/support/lanes/seconds.json'), 'utf8'),
)

/** Starts the longest files first, so that no worker is left with one at the end: CI has no cache that knows them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => lengthOf(other.moduleId) - lengthOf(one.moduleId))
  }
}

/** Recorded seconds, else a guess below all of these by the size of the file. */
function lengthOf(file: string): number {
  const name = path.relative(ROOT, file).replaceAll(path.sep, '/')
  return SECONDS[name] ?? Math.min(statSync(file).size / 10_000, 7)
}
