import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** What Linux tells of processes; nothing on other systems. */

const TICKS_PER_SECOND = Number(
  process.platform === 'linux' ? execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }) : 100,
)

/** Seconds on a processor so far, of a process and of those of its children that have ended. */
export function cpuSeconds(pid: number): number {
  const fields = statOf(pid)
  // utime, stime, cutime and cstime: fields 14 to 17, counted from 1.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return ticks / TICKS_PER_SECOND
}

export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => parentOf(child) === pid)
}

export function parentOf(pid: number): number | undefined {
  const parent = statOf(pid)[1]
  return parent === undefined ? undefined : Number(parent)
}

/** The most memory that a process has held, in bytes. */
export function peakBytes(pid: number): number {
  return kilobytes(read(pid, 'status'), 'VmHWM') * 1024
}

/** What a process holds now, with shared pages divided among those who share them. */
export function proportionalBytes(pid: number): number {
  return kilobytes(read(pid, 'smaps_rollup'), 'Pss') * 1024
}

/** The fields of `stat` after the name, which may hold anything. */
function statOf(pid: number): string[] {
  return read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
