import { Presets, SingleBar } from 'cli-progress'

export type Progress = {
  /** How much is done, in whatever unit the total has; the total may become known later, or never. */
  update(done: number, total?: number): void
  /** Ends the bar. Safe to call twice. */
  stop(): void
}

type Options = {
  readonly stream?: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** Work that is done sooner shows nothing. */
  readonly delayMs?: number
  readonly now?: () => number
}

/** Tells on standard error how far long work has come: a bar on a terminal, a line now and then elsewhere. */
export function startProgress(label: string, options: Options = {}): Progress {
  const { stream = process.stderr, delayMs = 2_000, now = Date.now } = options
  const show = stream.isTTY ? showBar(label, stream) : showLines(label, stream, now)
  const startedAt = now()
  return {
    update(done, total = 0) {
      if (now() - startedAt >= delayMs) show.update(done, total)
    },
    stop: show.stop,
  }
}

type Display = { update(done: number, total: number): void; stop(): void }

function showBar(label: string, stream: NodeJS.WritableStream): Display {
  const format = `${label} [{bar}] {percentage}% | {duration_formatted} | ETA {eta_formatted}`
  const bar = new SingleBar({ stream, format, clearOnComplete: true }, Presets.legacy)
  return {
    update(done, total) {
      if (!bar.isActive) bar.start(total, done)
      bar.setTotal(total)
      bar.update(done)
    },
    stop() {
      if (bar.isActive) bar.stop()
    },
  }
}

const LINE_EVERY_MS = 5_000

function showLines(label: string, stream: NodeJS.WritableStream, now: () => number): Display {
  let nextAt = 0
  return {
    update(done, total) {
      if (now() < nextAt) return
      nextAt = now() + LINE_EVERY_MS
      const share = total > 0 ? `${Math.floor((100 * Math.min(done, total)) / total)}%` : `${done}`
      stream.write(`${label}: ${share}\n`)
    },
    stop() {},
  }
}
