import { onTestFinished } from 'vitest'
import { startThreads, type Threads } from '../../../inference/training/threads/threads.ts'

/** Threads for one test, gone after it. */
export function testThreads(count: number): Threads {
  const threads = startThreads(count)
  onTestFinished(threads.stop)
  return threads
}
