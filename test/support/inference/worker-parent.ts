import { startWorker } from '../../../inference/serving/spawn.ts'

/** A program that starts a worker, says its process id, and waits to be killed. */
const worker = await startWorker({ modelDir: process.argv[2] ?? '', provider: 'cpu', log: () => {} })
process.stdout.write(`${worker.pid}\n`)
