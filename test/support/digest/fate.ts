/** A process ends, or stands still until it is continued, before or after its nth call of a port. */
export type Fate = {
  readonly signal: 'SIGKILL' | 'SIGSTOP'
  readonly when: 'before' | 'after'
  /** `deliveries.take`, `poster.post` and so on. */
  readonly call: string
  /** Counts from 1. */
  readonly nth: number
}

export type Fated = <Part extends object>(name: string, part: Part) => Part

/** Makes parts do what they do, but for the call at which the process meets its fate; `say` tells of it just before. */
export function createFated(fate: Fate | undefined, say: (line: string) => void): Fated {
  let calls = 0
  const meet = (when: Fate['when'], nth: number) => {
    if (fate?.when !== when || fate.nth !== nth) return
    say('fate')
    process.kill(process.pid, fate.signal)
  }
  return (name, part) =>
    new Proxy(part, {
      get(target, key) {
        const method: unknown = Reflect.get(target, key)
        if (typeof method !== 'function' || fate?.call !== `${name}.${String(key)}`) return method
        return async (...args: unknown[]) => {
          calls += 1
          const nth = calls
          meet('before', nth)
          const result: unknown = await method.apply(target, args)
          meet('after', nth)
          return result
        }
      },
    })
}
