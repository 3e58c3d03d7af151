/** The runtime's messages begin with source positions; the reason stands at the end of the first line. */
export function shortReason(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n')
  return line
    .slice(line.lastIndexOf(': ') + 1)
    .trim()
    .slice(0, 200)
}
