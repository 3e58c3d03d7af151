import type { Requester } from '../../../core/command-request.ts'

/** Somebody in a channel of a Discord server, who manages nothing; a test names what matters to it. */
export function asker(known: Partial<Requester> = {}): Requester {
  return {
    user: 'discord:1',
    channel: 'discord:7',
    parent: undefined,
    place: 'discord:5',
    manages: 'nothing',
    locale: 'en',
    matureAllowed: false,
    ...known,
  }
}
