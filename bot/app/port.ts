import { createServer } from 'node:net'

type Address = {
  readonly host: string
  readonly port: number
  /** Which setting names the port. */
  readonly setting: 'HTTP_PORT' | 'METRICS_PORT'
}

/** Throws one sentence where the port can't be listened on. Frees it again: it is taken for good minutes later. */
export async function tryPort(address: Address): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: address.host, port: address.port }, resolve)
  }).catch((error) => explainPort(error, address))
  await new Promise((resolve) => server.close(resolve))
}

/** Throws the error in the operator's words, with the setting that mends it. */
export function explainPort(error: NodeJS.ErrnoException, { host, port, setting }: Address): never {
  switch (error.code) {
    case 'EADDRINUSE':
      throw new Error(
        `port ${port} on ${host} is taken: set ${setting} to another one, or to 0 for a free one`,
      )
    case 'EACCES':
      throw new Error(`port ${port} may not be used by this user: set ${setting} to one above 1023`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      throw new Error(`${host} is no address of this machine: set HTTP_HOST to 127.0.0.1 or 0.0.0.0`)
    default:
      throw error
  }
}
