import type { Requester } from '../../core/command-request.ts'

/** Whoever sits at the terminal: in no place, and with nobody to say what may be shown. */
export function terminalAsker(name: string): Requester {
  return {
    user: `terminal:${name}`,
    channel: `terminal:${name}`,
    parent: undefined,
    place: undefined,
    manages: 'nothing',
    locale: 'en',
    matureAllowed: false,
  }
}
