/** The first bytes of a stream (fewer where it ends sooner) and the whole stream, them included. */
export async function peek(
  bytes: AsyncIterable<Buffer>,
  size: number,
): Promise<{ head: Buffer; whole: Bytes }> {
  const iterator = bytes[Symbol.asyncIterator]()
  const taken: Buffer[] = []
  let length = 0
  while (length < size) {
    const { done, value } = await iterator.next()
    if (done) break
    taken.push(value)
    length += value.length
  }
  const head = Buffer.concat(taken)
  return { head: head.subarray(0, size), whole: replay(head, iterator) }
}

export type Bytes = AsyncIterable<Buffer> & {
  /** Lets go of the file or connection behind it; needed only where the stream is not read to its end. */
  close(): Promise<void>
}

/** Not a generator, since one that was never begun does not close what it stands on. */
function replay(head: Buffer, iterator: AsyncIterator<Buffer>): Bytes {
  let pending = head.length > 0 ? head : undefined
  const close = async () => void (await iterator.return?.())
  const next = async (): Promise<IteratorResult<Buffer>> => {
    if (pending === undefined) return iterator.next()
    const value = pending
    pending = undefined
    return { done: false, value }
  }
  const end = async (): Promise<IteratorResult<Buffer>> => {
    await close()
    return { done: true, value: undefined }
  }
  return { close, [Symbol.asyncIterator]: () => ({ next, return: end }) }
}
