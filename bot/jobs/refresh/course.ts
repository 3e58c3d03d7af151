import type { Findings, PhaseTime, RefreshPhase } from '../../../core/training/refresh.ts'
import type { Ending } from '../../../db/training/refreshes.ts'
import { createPhases } from '../../../inference/training/phases.ts'
import type { RefreshParts } from './parts.ts'

/** One refresh under way: what it is at and what it has found stand in its row, so that a crash tells how far it came. */
export type Course = {
  readonly id: string
  readonly findings: Findings
  note(more: Findings): void
  run<T>(phase: RefreshPhase, work: () => Promise<T>): Promise<T>
  end(ending: Ending): Promise<void>
}

export function createCourse(
  { refreshes, log }: Pick<RefreshParts, 'refreshes' | 'log'>,
  id: string,
): Course {
  let findings: Findings = {}
  const times: PhaseTime[] = []
  const phases = createPhases({ onPhase: (phase) => void times.push(phase) })
  const note = (more: Findings) => {
    findings = { ...findings, ...more }
  }
  return {
    id,
    get findings() {
      return findings
    },
    note,
    async run(phase, work) {
      await refreshes.enter(id, phase, findings)
      log('info', `refresh: ${phase} …`)
      try {
        return await phases.time(phase, work)
      } finally {
        note({ phases: [...times] })
      }
    },
    end: (ending) => refreshes.end(id, { ...ending, findings }),
  }
}
