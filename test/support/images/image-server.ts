import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a host does with a request. */
export type Behaviour = (response: ServerResponse) => void

export type ImageServer = {
  /** Stands in the place of `fetch`: whatever the host, the request ends here. */
  readonly fetch: (address: URL, init: RequestInit) => Promise<Response>
  /** Addresses that were asked for, in order. */
  readonly asked: readonly string[]
  /** Under the address as it is asked for, `https://` and all. */
  answer(address: string, behaviour: Behaviour): void
  stop(): Promise<void>
}

/** All hosts of the world on loopback. It enforces nothing and tries everything; what it does not know is 404. */
export async function startImages(): Promise<ImageServer> {
  const behaviours = new Map<string, Behaviour>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    const address = decodeURIComponent((request.url ?? '/').slice(1))
    asked.push(address)
    const behaviour = behaviours.get(address) ?? ((to) => void to.writeHead(404).end())
    behaviour(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    fetch: (address, init) => fetch(`http://127.0.0.1:${port}/${encodeURIComponent(address.href)}`, init),
    asked,
    answer: (address, behaviour) => void behaviours.set(address, behaviour),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function sends(body: Uint8Array, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (response) => void response.writeHead(200, headers).end(body)
}

export function redirects(location: string, status = 302): Behaviour {
  return (response) => void response.writeHead(status, { location }).end('elsewhere')
}

/** Says more than it sends, and hangs up. */
export function breaksOff(body: Uint8Array): Behaviour {
  return (response) => {
    response.writeHead(200, { 'content-length': body.length + 1000 })
    response.write(body, () => response.destroy())
  }
}

/** A byte now and then, for ever. */
export function drips(body: Uint8Array): Behaviour {
  return (response) => {
    response.write(body)
    const timer = setInterval(() => response.write('.'), 10)
    response.on('close', () => clearInterval(timer))
  }
}

const MEBIBYTE = Buffer.alloc(2 ** 20)

/** As fast as the reader takes it, until the reader hangs up. */
export function pours(body: Uint8Array): Behaviour {
  return (response) => {
    response.write(body)
    const pour = () => {
      if (response.destroyed) return
      if (response.write(MEBIBYTE)) setImmediate(pour)
      else response.once('drain', pour)
    }
    pour()
  }
}
