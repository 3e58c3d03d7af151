const STOPPING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** npm passes on no SIGHUP, and nothing when it is killed. */
const LOOK_FOR_NPM_MS = 500

/** Whether npm runs this very process, by its script of the same name. */
export const isRunByNpm = process.argv[2] !== undefined && process.argv[2] === process.env.npm_lifecycle_event

/**
 * Resolves with the first signal that asks this process to end, or when npm, which runs it, is gone. Later signals change
 * nothing: a terminal sends one to npm and one to us, and npm passes its own on.
 */
export const stopSignal = new Promise<NodeJS.Signals>((resolve) => {
  for (const signal of STOPPING) process.on(signal, resolve)
  if (!isRunByNpm) return
  const npm = process.ppid
  const look = () => {
    if (process.ppid !== npm) resolve('SIGHUP')
  }
  setInterval(look, LOOK_FOR_NPM_MS).unref()
})
