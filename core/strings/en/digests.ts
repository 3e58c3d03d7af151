import type { Topic } from '../language.ts'
import { commands } from './commands.ts'
import { and, count, games, plural } from './text.ts'

const PAUSES = {
  'by-hand': 'somebody paused it',
  'no-channel': 'the channel is gone',
  'no-access': 'I can’t see the channel: invite me',
  'no-permission': 'I can’t post there: let me view the channel, send messages, embed links and attach files',
  archived: 'the channel or thread is archived',
  'app-removed': 'the app was removed',
  'missing-scope': 'the app lacks a permission to post: reinstall it',
} as const

export const digests: Topic<'subscriptions' | 'digest'> = {
  subscriptions: {
    made: (number, n, labels) =>
      `Digest ${count(number)} is set up: ${games(n)}${labels.length === 0 ? '' : ` of ${and(labels)}`} for this channel, every week.`,
    when: (day, time, timezone) => `${commands.choices.day[day]}s at ${time} (${timezone})`,
    next: (times) => `Next: ${times.join(' · ')}`,
    blind:
      'I can’t read this channel’s history (Read Message History). If a crash interrupts a digest, I’d rather skip it than post it twice.',
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
      uncertain: 'may or may not have been posted',
    },
    note: {
      'nothing-new': 'every matching game was shown here in the last twelve weeks',
      'was-away': 'I was offline for too long',
      'gave-up': 'the platform kept refusing it',
      'cannot-tell': 'the connection broke and I can’t check whether it arrived; I don’t post twice',
      'our-fault': 'something went wrong on our side',
      ...PAUSES,
    },
    untold: 'This digest was paused:',
    pausedNow: (number, why, command) =>
      `Digest ${count(number)} is paused: ${PAUSES[why]}. ${command('digest resume')} resumes it.`,
    onItsWay: (number) => `Digest ${count(number)} is on its way.`,
    pausedByHand: (number, command) =>
      `Digest ${count(number)} is paused. ${command('digest resume')} resumes it.`,
    resumed: (number, time) => `Digest ${count(number)} is active again. Next post: ${time}.`,
    removed: (number) => `Digest ${count(number)} removed.`,
  },
  digest: {
    sections: {
      new: 'New and well received',
      'hidden-gem': 'Hidden gem of the week',
      community: 'For this community',
      acclaimed: 'Well received',
    },
    onSale: (percent) => `On sale: −${percent}%`,
    foot: (command) => `Weekly digest · Get your own picks: ${command('recommend')}`,
    cover: (titles) => `Pictures of ${and(titles)}`,
    preview: (n) => `Preview: ${games(n)}`,
    nothingKnown: (labels, language) =>
      `There’s nothing to post: I don’t know a well-reviewed indie game${labels.length === 0 ? '' : ` tagged ${and(labels)}`} that supports ${language}.`,
    nothingNew:
      'There’s nothing to post: every matching game was shown here in the last twelve weeks or is blocked.',
  },
}
