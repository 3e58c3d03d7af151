import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { startProgress } from '../../../bot/terminal/progress.ts'

function sink(isTTY: boolean) {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    },
  })
  const tty = { isTTY, columns: 80, cursorTo: () => true, moveCursor: () => true, clearLine: () => true }
  return { stream: Object.assign(stream, tty), text: () => text }
}

function watched(isTTY: boolean) {
  const { stream, text } = sink(isTTY)
  const clock = { at: 0 }
  const progress = startProgress('reading', { stream, now: () => clock.at })
  const update = (at: number, done: number, total?: number) => {
    clock.at = at
    progress.update(done, total)
  }
  return { update, stop: progress.stop, text }
}

describe('progress', () => {
  it('is not shown for short work', () => {
    for (const isTTY of [true, false]) {
      const { update, stop, text } = watched(isTTY)
      update(1_999, 50, 100)
      stop()
      expect(text()).toBe('')
    }
  })

  it('is a line every five seconds where no terminal is attached', () => {
    const { update, stop, text } = watched(false)
    for (let at = 0; at <= 12_000; at += 1_000) update(at, at, 24_000)
    stop()
    expect(text()).toBe('reading: 8%\nreading: 29%\nreading: 50%\n')
  })

  it('counts where the total is unknown', () => {
    const { update, text } = watched(false)
    update(3_000, 77)
    expect(text()).toBe('reading: 77\n')
  })

  it('is a bar on a terminal, and goes when the work is done', () => {
    const { update, stop, text } = watched(true)
    update(2_500, 25, 100)
    update(3_000, 50, 100)
    stop()
    stop()
    expect(text()).toContain('reading [')
    expect(text()).toContain('25%')
  })
})
