/** "PGCOPY" and its bytes that mishandled text would change, flags, length of the header's extension. */
const HEADER_BYTES = 19

/** Rows of three integers: a count of fields, then for each its length (4) and its value. */
const ROW_BYTES = 2 + 3 * 8

/** The count of fields that ends the data. */
const END = -1

/**
 * Reads PostgreSQL's binary COPY of rows of three integers, none null, from chunks that may end anywhere. Throws where
 * the rows are not of that shape.
 */
export function createRowReader(onRow: (a: number, b: number, c: number) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  let inHeader = true
  return (chunk) => {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    if (inHeader) {
      if (buffer.length < HEADER_BYTES) {
        rest = buffer
        return
      }
      inHeader = false
      at = HEADER_BYTES
    }
    while (at + 2 <= buffer.length && buffer.readInt16BE(at) !== END && at + ROW_BYTES <= buffer.length) {
      if (buffer.readInt16BE(at) !== 3) throw new Error('a copied row has not three fields')
      onRow(buffer.readInt32BE(at + 6), buffer.readInt32BE(at + 14), buffer.readInt32BE(at + 22))
      at += ROW_BYTES
    }
    rest = buffer.subarray(at)
  }
}
