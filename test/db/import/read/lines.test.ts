import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, readLines } from '../../../../db/import/read/lines.ts'

async function texts(chunks: readonly Buffer[], maxLineBytes?: number) {
  async function* bytes() {
    yield* chunks
  }
  const lines: Line[] = []
  for await (const line of readLines(bytes(), maxLineBytes)) lines.push(line)
  expect(lines.map((line) => line.number)).toEqual(lines.map((_, index) => index + 1))
  return lines.map((line) => line.text)
}

describe('the lines of a stream', () => {
  it('do not depend on where its chunks end', async () => {
    const text = 'één\n\r\n🎮 two\r\nlast'
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 24 })), async (cuts) => {
        const whole = Buffer.from(text)
        const edges = [0, ...cuts.toSorted((a, b) => a - b), whole.length]
        const chunks = edges.slice(1).map((end, index) => whole.subarray(edges[index], end))
        expect(await texts(chunks)).toEqual(['één', '', '🎮 two', 'last'])
      }),
    )
  })

  it('are lost one by one where they are too long, wherever the chunks end', async () => {
    const whole = Buffer.from(`a\n${'b'.repeat(11)}\n${'c'.repeat(10)}\n${'d'.repeat(99)}`)
    for (let size = 1; size < whole.length; size += 7) {
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
        whole.subarray(index * size, (index + 1) * size),
      )
      expect(await texts(chunks, 10)).toEqual(['a', undefined, 'cccccccccc', undefined])
    }
  })
})
