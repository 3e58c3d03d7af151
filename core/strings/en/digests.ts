import type { Topic } from '../language.ts'
import { commands } from './commands.ts'
import { and, count, games, plural } from './text.ts'

const PAUSES = {
  'by-hand': 'somebody paused it',
  'no-channel': 'the channel is gone',
  'no-access': 'I cannot see the channel: let me in',
  'no-permission':
    'I may not post there: allow me to view the channel, send messages, embed links and attach files',
  archived: 'the channel or thread is archived',
  'app-removed': 'the app was removed',
  'missing-scope': 'the app lacks a scope that posting takes: install it again',
} as const

export const digests: Topic<'subscriptions' | 'digest'> = {
  subscriptions: {
    made: (number, n, labels) =>
      `Digest ${count(number)} is set up: ${games(n)}${labels.length === 0 ? '' : ` of ${and(labels)}`} for this channel, every week.`,
    when: (day, time, timezone) => `${commands.choices.day[day]}s at ${time} (${timezone})`,
    next: (times) => `The next three: ${times.join(' · ')}`,
    blind:
      'I cannot read what was posted here (Read Message History), so a digest whose fate is unknown after a crash is left unposted rather than posted twice.',
    head: (n) => plural(n, 'digest', 'digests'),
    none: (command) => `There are no digests here yet. ${command('digest subscribe')} sets one up.`,
    what: (n, labels) => `${games(n)}${labels.length === 0 ? '' : ` of ${and(labels)}`}`,
    nextAt: (time) => `next ${time}`,
    paused: (why, day) => `paused since ${day}: ${PAUSES[why]}`,
    last: (day, how) => `last ${day}: ${how}`,
    outcome: {
      due: 'on its way',
      posting: 'on its way',
      posted: 'posted',
      empty: 'nothing was posted',
      skipped: 'not posted',
      refused: 'not posted',
      dead: 'not posted',
      uncertain: 'unknown whether it was posted',
    },
    note: {
      'nothing-new': 'there was no game that this channel had not been shown in the last twelve weeks',
      'was-away': 'I was away for too long',
      'gave-up': 'the platform did not take it for too long',
      'cannot-tell':
        'the connection broke, and I may not look whether it stands there; nothing is posted twice',
      'our-fault': 'something went wrong on our side, and the operator can look it up',
      ...PAUSES,
    },
    untold: 'This one paused by itself:',
    pausedNow: (number, why, command) =>
      `Digest ${count(number)} is paused, since ${PAUSES[why]}. ${command('digest resume')} goes on with it.`,
    onItsWay: (number) => `Digest ${count(number)} is on its way.`,
    pausedByHand: (number, command) =>
      `Digest ${count(number)} is paused. ${command('digest resume')} goes on with it.`,
    resumed: (number, time) => `Digest ${count(number)} goes on: next ${time}.`,
    removed: (number) => `Digest ${count(number)} is gone.`,
  },
  digest: {
    sections: {
      new: 'New and well received',
      'hidden-gem': 'Hidden gem of the week',
      community: 'For this community',
      acclaimed: 'Well received',
    },
    onSale: (percent) => `On sale: −${percent}%`,
    foot: (command) => `Weekly digest · Picks of your own: ${command('recommend')}`,
    cover: (titles) => `Pictures of ${and(titles)}`,
    preview: (n) => `This would be posted now: ${games(n)}`,
    nothingKnown: (labels, language) =>
      `Nothing would be posted: I know no well-reviewed indie game${labels.length === 0 ? '' : ` tagged ${and(labels)}`} that supports ${language}.`,
    nothingNew:
      'Nothing would be posted: all that fits was shown in this channel within the last twelve weeks, or is blocked here.',
  },
}
