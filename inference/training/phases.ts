/** One step of long work, as it is told to whoever waits. */
export type Phase = {
  readonly name: string
  readonly seconds: number
  /** The most memory the process has held so far. */
  readonly peakBytes: number
}

/** Who is told of steps, as they begin and as they end. */
export type PhaseWatch = {
  readonly onBegin?: ((name: string) => void) | undefined
  readonly onPhase?: ((phase: Phase) => void) | undefined
}

export type Phases = { time<T>(name: string, work: () => T | Promise<T>): Promise<T> }

export function createPhases({ onBegin, onPhase }: PhaseWatch): Phases {
  return {
    async time(name, work) {
      onBegin?.(name)
      const start = performance.now()
      const result = await work()
      const peakBytes = process.resourceUsage().maxRSS * 1024
      onPhase?.({ name, seconds: (performance.now() - start) / 1000, peakBytes })
      return result
    },
  }
}

export function describePhase({ name, seconds, peakBytes }: Phase): string {
  return `${name}: ${seconds.toFixed(1)} s, peak memory ${(peakBytes / 1e9).toFixed(2)} GB`
}
