import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type Load = {
  /** Of each request, ascending. */
  readonly milliseconds: Float64Array
  readonly seconds: number
  /** Processor seconds of the load generator itself. */
  readonly clientSeconds: number
  /** How many were turned away since the worker had too much to do; they are not among the times. */
  readonly turnedAway: number
}

type Task = {
  readonly url: string
  readonly requests: readonly Buffer[]
  readonly clients: number
  /** How long, after a tenth of it that is not counted; longer where nothing is answered before. */
  readonly seconds: number
}

/** Each client sends its next request when it has the answer to the last, over a connection of its own, without a library. */
export async function load({ url, requests, clients, seconds }: Task): Promise<Load> {
  const sockets = await Promise.all(Array.from({ length: clients }, () => open(url)))
  const milliseconds: number[] = []
  const from = performance.now() + seconds * 100
  const until = from + seconds * 1000
  let next = 0
  let turnedAway = 0
  let cpu = process.cpuUsage()
  setTimeout(() => {
    cpu = process.cpuUsage()
  }, seconds * 100)
  await Promise.all(
    sockets.map(async (socket) => {
      for (let start = performance.now(); start < until || milliseconds.length === 0; ) {
        const answered = await exchange(socket, requests[next++ % requests.length] as Buffer)
        const end = performance.now()
        if (!answered) turnedAway += 1
        else if (start >= from) milliseconds.push(end - start)
        start = end
      }
    }),
  )
  const took = (performance.now() - from) / 1000
  const { user, system } = process.cpuUsage(cpu)
  for (const socket of sockets) socket.destroy()
  const sorted = Float64Array.from(milliseconds).sort()
  return { milliseconds: sorted, seconds: took, clientSeconds: (user + system) / 1e6, turnedAway }
}

async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  return socket
}

const END = Buffer.from('\r\n\r\n')

/** Resolves when the whole answer has come, with false where the worker is too busy. Rejects on any other answer. */
function exchange(socket: Socket, request: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let head: Buffer | undefined = Buffer.alloc(0)
    let missing = 0
    let answered = true
    const settle = (error?: Error) => {
      socket.off('data', take).off('close', closed)
      if (error) reject(error)
      else resolve(answered)
    }
    const closed = () => settle(new Error('the worker closed the connection'))
    const take = (chunk: Buffer) => {
      if (head === undefined) missing -= chunk.length
      else {
        head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
        const end = head.indexOf(END)
        if (end === -1) return
        const text = head.subarray(0, end).toString('latin1')
        const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
        answered = text.startsWith('HTTP/1.1 200')
        if (length === undefined || !(answered || text.startsWith('HTTP/1.1 503'))) {
          return settle(new Error(`the worker answered ${head.subarray(0, 300).toString('latin1')}`))
        }
        missing = Number(length) - (head.length - end - END.length)
        head = undefined
      }
      if (missing <= 0) settle()
    }
    socket.on('data', take).on('close', closed)
    socket.write(request)
  })
}

/** The value below which so large a part of them lies. */
export function quantile(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
