/** What one check found. `absent`: not configured, which is no fault. */
export type Finding = {
  readonly part: string
  readonly state: 'well' | 'absent' | 'ill'
  readonly detail: string
  /** What to do about it, in one sentence. */
  readonly fix?: string
}

export type Check = () => Promise<Omit<Finding, 'part'>>

const MARKS: Readonly<Record<Finding['state'], string>> = { well: '✓', absent: '–', ill: '✗' }

/** One line for people. */
export function renderFinding({ part, state, detail, fix }: Finding): string {
  return `${MARKS[state]} ${part}: ${detail}${fix === undefined ? '' : ` → ${fix}`}`
}

/** Runs one check; what it throws is a finding too. */
export async function runCheck(part: string, check: Check): Promise<Finding> {
  try {
    return { part, ...(await check()) }
  } catch (error) {
    return { part, state: 'ill', detail: error instanceof Error ? error.message : String(error) }
  }
}
