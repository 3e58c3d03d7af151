import { Counter, Histogram, type Registry } from 'prom-client'
import type { CommandRequest } from '../../core/command-request.ts'
import type { Answered } from './middleware.ts'

/** A complete list: the compiler asks for each new kind. */
const COMMANDS: Readonly<Record<CommandRequest['kind'], true>> = {
  recommend: true,
  curate: true,
  similar: true,
  together: true,
  taste: true,
  link: true,
  unlink: true,
  export: true,
  'forget-me': true,
  privacy: true,
  help: true,
  settings: true,
  digest: true,
  press: true,
  unclear: true,
}

const OUTCOMES: Readonly<Record<Answered['outcome'], true>> = {
  picks: true,
  sentence: true,
  'too-fast': true,
  unavailable: true,
  failed: true,
}

const PLATFORMS = ['discord', 'slack', 'terminal']

/** From a completed list to Steam's slowest answer. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Counts what people asked and how it ended. All start at 0, so that the first of a kind is an increase. */
export function createCommandMetrics(registry: Registry): (answered: Answered) => void {
  const registers = [registry]
  const commands = new Counter({
    name: 'commands_total',
    help: 'Commands and presses, by kind and by how they ended.',
    labelNames: ['command', 'outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'command_seconds',
    help: 'From the acknowledged command to its reply, by platform.',
    labelNames: ['platform'],
    buckets: SECONDS,
    registers,
  })
  for (const command of Object.keys(COMMANDS))
    for (const outcome of Object.keys(OUTCOMES)) commands.inc({ command, outcome }, 0)
  for (const platform of PLATFORMS) seconds.zero({ platform })
  return ({ kind, outcome, user, milliseconds }) => {
    commands.inc({ command: kind, outcome })
    if (outcome !== 'too-fast') seconds.observe({ platform: platformOf(user) }, milliseconds / 1000)
  }
}

function platformOf(user: Answered['user']): string {
  return user.slice(0, user.indexOf(':'))
}
