import { stay } from '../../../bot/context/run.ts'
import { unhandledRejections } from '../../../bot/context/unhandled.ts'

/** A program in which something fails that nobody awaits; `argv[2]` says how. */
await stay(async ({ log, closers }) => {
  const work = setInterval(() => {}, 60_000)
  closers.push('the work', () => clearInterval(work))
  closers.push('the part', () => log('info', 'the part is closed'))
  if (process.argv[2] === 'bug') {
    const nothing: unknown = undefined
    log('info', (nothing as { readonly name: string }).name)
  }
  if (process.argv[2] === 'throw') {
    setImmediate(() => {
      throw new Error('thrown outside')
    })
    return
  }
  for (const reason of [new Error('nobody waits'), 'a text', undefined, null, { plain: true }])
    void Promise.reject(reason)
  await new Promise(setImmediate)
  const { values } = await unhandledRejections.get()
  log('info', 'still here', { counted: values[0]?.value })
})
