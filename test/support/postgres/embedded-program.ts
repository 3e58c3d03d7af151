import { createInterface } from 'node:readline'
import { startEmbedded } from '../../../db/embedded/embedded.ts'

// Run as `node embedded-program.ts <data folder>`: says where its server is, and stops it on the first line it is sent.
const server = await startEmbedded({ dataDir: process.argv[2] ?? '', log: () => {} })
process.stdout.write(`${server.url}\n`)
createInterface({ input: process.stdin }).once('line', async () => {
  await server.stop()
  process.exit(0)
})
