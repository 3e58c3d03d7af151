import { errorFields, type Log } from '../core/log.ts'

/** How to close what has been opened; run in reverse, each exactly once, whatever the others do. */
export type Closers = {
  push(name: string, close: () => unknown): void
  closeAll(log: Log): Promise<void>
}

export function createClosers(): Closers {
  const open: { name: string; close: () => unknown }[] = []
  return {
    push: (name, close) => {
      open.push({ name, close })
    },
    async closeAll(log) {
      for (const { name, close } of open.splice(0).reverse()) {
        try {
          await close()
        } catch (error) {
          log('warn', `${name} did not close cleanly`, errorFields(error))
        }
      }
    },
  }
}
