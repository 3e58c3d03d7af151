import { Worker } from 'node:worker_threads'
import { perform, type ThreadTask } from './thread-task.ts'

export type Threads = {
  readonly count: number
  /** Each task goes to the first thread that is free. Rejects with the first fault; the threads are then of no more use. */
  run(tasks: readonly ThreadTask[]): Promise<void>
  stop(): Promise<void>
}

/** A single thread is the caller's own. */
export function startThreads(count: number): Threads {
  if (count === 1) return { count, run: inTurn, stop: async () => {} }
  const threads = Array.from({ length: count }, startThread)
  return {
    count,
    async run(tasks) {
      const queue = tasks.values()
      await Promise.all(threads.map((thread) => thread.take(queue)))
    },
    async stop() {
      await Promise.all(threads.map((thread) => thread.stop()))
    },
  }
}

async function inTurn(tasks: Iterable<ThreadTask>): Promise<void> {
  for (const task of tasks) await perform(task)
}

function startThread() {
  const worker = new Worker(new URL('./thread.ts', import.meta.url))
  const { promise: death, reject } = Promise.withResolvers<never>()
  const die = (why: string, cause?: Error) =>
    reject(new Error(`a thread of the training ended: ${why}`, { cause }))
  worker.on('error', (error) => die(error.message, error))
  worker.on('exit', (code) => die(`exit code ${code}`))
  // Whoever waits for a task is told; where nobody does, it is no news.
  death.catch(() => {})
  let stopping = false
  let last: Promise<unknown> = Promise.resolve()
  const perform = (task: ThreadTask) => {
    const done = Promise.withResolvers<void>()
    worker.once('message', done.resolve)
    worker.postMessage(task)
    const ended = Promise.race([done.promise, death])
    last = ended.catch(() => {})
    return ended
  }
  return {
    async take(queue: Iterable<ThreadTask>) {
      for (const task of queue) {
        if (stopping) return
        await perform(task)
      }
    },
    /** A thread that is ended amid a run of the runtime takes the whole process along. */
    async stop() {
      stopping = true
      await last
      await worker.terminate()
    },
  }
}
