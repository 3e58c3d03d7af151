import { parentPort } from 'node:worker_threads'
import { perform, type ThreadTask } from './thread-task.ts'

/** Run as a thread by `threads.ts`: does one task after another and answers each. What is thrown here ends it. */
parentPort?.on('message', async (task: ThreadTask) => {
  await perform(task)
  parentPort?.postMessage('done')
})
