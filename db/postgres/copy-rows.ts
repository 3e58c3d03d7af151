/** "PGCOPY" and its bytes that mishandled text would change, flags, length of the header's extension. */
const HEADER_BYTES = 19

/** The count of fields that ends the data. */
const END = -1

/** Every row begins with the count of its fields, and every field with its length. */
const COUNT_BYTES = 2
const LENGTH_BYTES = 4

/** Of rows whose fields are as many and as long as in every other one. */
export type RowShape = { readonly fields: number; readonly bytes: number }

/**
 * Reads PostgreSQL's binary COPY of rows of one shape, no field null, from chunks that may end anywhere; `onRow` is told
 * where the row begins, and `fieldAt` where a field's value stands in it. Throws where the rows are not of that shape.
 */
export function createFixedRowReader(
  shape: RowShape,
  onRow: (buffer: Buffer, at: number) => void,
): (chunk: Buffer) => void {
  const { fields } = shape
  const rowBytes = rowBytesOf(shape)
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
    while (at + 2 <= buffer.length && buffer.readInt16BE(at) !== END && at + rowBytes <= buffer.length) {
      if (buffer.readInt16BE(at) !== fields) throw new Error(`a copied row has not ${fields} fields`)
      onRow(buffer, at)
      at += rowBytes
    }
    rest = buffer.subarray(at)
  }
}

export function rowBytesOf({ fields, bytes }: RowShape): number {
  return COUNT_BYTES + fields * (LENGTH_BYTES + bytes)
}

/** Where the value of a field stands, counted from its row's beginning. */
export function fieldAt(field: number, bytes: number): number {
  return rowBytesOf({ fields: field, bytes }) + LENGTH_BYTES
}

const INTEGER_BYTES = 4

/** The same for rows of three 32-bit integers. */
export function createRowReader(onRow: (a: number, b: number, c: number) => void): (chunk: Buffer) => void {
  const [a, b, c] = [fieldAt(0, INTEGER_BYTES), fieldAt(1, INTEGER_BYTES), fieldAt(2, INTEGER_BYTES)]
  return createFixedRowReader({ fields: 3, bytes: INTEGER_BYTES }, (buffer, at) =>
    onRow(buffer.readInt32BE(at + a), buffer.readInt32BE(at + b), buffer.readInt32BE(at + c)),
  )
}
