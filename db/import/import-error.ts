/** A file or address that cannot be imported as a whole; the message is one sentence for the person who asked. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}
