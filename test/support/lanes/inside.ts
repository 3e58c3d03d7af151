import { ChildProcess } from 'node:child_process'
import { Server, Socket } from 'node:net'

/** Fails a test of the unit lane that opens a server, connects to one or starts a process: it belongs to the other lane. */
const refuse = (what: string) => () => {
  throw new Error(`a unit test ${what}: let test/support/lanes/lanes.ts know it by its imports`)
}

Object.assign(Server.prototype, { listen: refuse('opens a server') })
Object.assign(Socket.prototype, { connect: refuse('connects to a server') })
Object.assign(ChildProcess.prototype, { spawn: refuse('starts a process') })
