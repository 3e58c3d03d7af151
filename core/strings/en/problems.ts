import type { ExampleWanted } from '../../commands/example.ts'
import { MANY_GAMES } from '../../problem.ts'
import { clip } from '../formats.ts'
import type { Topic } from '../language.ts'
import type { Shown } from '../shown.ts'
import { and, count, games, or, plural } from './text.ts'

const suchAs = (wanted: ExampleWanted, { example }: Shown) => {
  const typed = example(wanted)
  return typed === undefined ? '' : ` For example: ${typed}`
}

const noSteamKey = ({ example }: Shown) => {
  const typed = example({ command: 'recommend', option: 'like' })
  return `This bot has no Steam key yet, so it can’t read Steam libraries. Name up to three games you like instead${typed === undefined ? '' : `: ${typed}`}`
}

/** Beyond some number nobody needs it. */
const left = (n: number) => (n > MANY_GAMES ? `more than ${games(MANY_GAMES)}` : games(n))

export const problems: Topic<'problems' | 'failures' | 'noSteamKey'> = {
  problems: {
    'no-such-command': ({ asked }, command) =>
      `There is no command /${clip(asked, 40)}. ${command('help')} shows what there is.`,
    'no-such-option': ({ command, asked, names, example }, typed, shown) =>
      names.length === 0
        ? `${typed(command)} takes no options.${suchAs(example, shown)}`
        : `${typed(command)} has no option “${clip(asked, 40)}”; it takes ${and(names)}.${suchAs(example, shown)}`,
    'missing-option': ({ option, example }, _command, shown) =>
      `${option} is missing.${suchAs(example, shown)}`,
    'too-long': ({ option, most, example }, _command, shown) =>
      `${option} is too long: at most ${count(most)} characters.${suchAs(example, shown)}`,
    'bad-number': ({ option, whole, min, max, example }, _command, shown) =>
      `${option} must be a ${whole ? 'whole ' : ''}number from ${count(min)} to ${count(max)}.${suchAs(example, shown)}`,
    'no-such-choice': ({ option, choices, example }, _command, shown) =>
      `${option} must be ${or(choices)}.${suchAs(example, shown)}`,
    'bad-steam-id': ({ asked }, _command, shown) =>
      `“${clip(asked, 60)}” is not a Steam ID. ${
        shown.examples.hasSteam
          ? 'Paste a profile link such as https://steamcommunity.com/id/gabelogannewell, or a number such as 76561197960287930.'
          : noSteamKey(shown)
      }`,
    'no-profile': () =>
      'Steam doesn’t know that profile. Check the spelling, or paste the link to the profile page.',
    'private-profile': () =>
      'This Steam profile is private. Its owner can open it: Steam → Profile → Edit Profile → Privacy Settings → My profile and Game details: Public. It takes Steam a minute to show.',
    'hidden-games': () =>
      'This profile hides its games. Its owner can show them: Steam → Profile → Edit Profile → Privacy Settings → Game details: Public. It takes Steam a minute to show.',
    'empty-library': () => 'This library is empty, so there’s nothing to go by. Try another Steam ID.',
    'not-linked': (_problem, command, shown) => {
      if (!shown.examples.hasSteam) return noSteamKey(shown)
      return `Whose games? Give a Steam ID, link your own once with ${command('link')}, or name games that you like.${suchAs({ command: 'recommend', option: 'like' }, shown)}`
    },
    'unknown-genre': ({ asked, near }, _command, { examples }) =>
      near.length === 0
        ? `No game carries “${clip(asked, 60)}”. Try a genre or tag${examples.labels.length === 0 ? '' : `, such as ${or(examples.labels)}`}.`
        : `No game carries “${clip(asked, 60)}”. Did you mean ${or(near)}?`,
    'mature-off': ({ asked }, command) =>
      `“${clip(asked, 60)}” is for mature games, and they’re turned off here. Whoever manages this server or workspace can allow them with ${command('settings', { mature: 'yes' })}; on Discord they appear in age-restricted channels only, and never in direct messages.`,
    'too-many-liked': ({ most }) =>
      `Name at most ${plural(most, 'game', 'games')} that you like, with ; between them.`,
    'unknown-game': ({ asked, near }) =>
      near.length === 0
        ? `I couldn’t find “${clip(asked, 60)}”. Check the spelling, or paste the link of its store page.`
        : `I couldn’t find “${clip(asked, 60)}”. Did you mean ${or(near.map(({ name }) => name))}?`,
    'several-games': ({ asked, games: called }) =>
      `Several games are called “${clip(asked, 60)}”. Use the number of the one you mean: ${or(
        called.map(({ game, about }) => `${game}${about.length === 0 ? '' : ` (${about.join(', ')})`}`),
      )}.`,
    'unknown-language': ({ asked, near }) =>
      `I don’t know the language “${clip(asked, 40)}”. ${near.length === 0 ? 'Try its English name, such as Korean.' : `Did you mean ${or(near)}?`}`,
    'unknown-currency': ({ asked, near }) =>
      `I don’t have an exchange rate for “${clip(asked, 40)}”. ${near.length === 0 ? 'Try a code of three letters, such as EUR.' : `Did you mean ${or(near)}?`}`,
    'no-rates': ({ asked }) =>
      `No exchange rates are loaded here, so I cannot tell prices in “${clip(asked, 40)}”. An operator of this bot can load them with npm run import -- rates <file or URL>.`,
    'nothing-left': ({ filters, relax }) => {
      if (filters.length === 0)
        return 'There’s nothing left to pick: every indie game I know is owned or blocked here.'
      const ways = relax.map(({ how, filter, games: n }) => {
        switch (how) {
          case 'with':
            return `with ${filter} there would be ${left(n)}`
          case 'only':
            return `no single one is to blame, but with ${filter} alone there would be ${left(n)}`
          case 'reordered':
            return `another order leaves ${left(n)}`
        }
        return `dropping ${filter} leaves ${left(n)}`
      })
      return `No indie game is left with ${and(filters)}${ways.length === 0 ? '' : `: ${or(ways)}`}.`
    },
    'no-games': () =>
      'No indie games are loaded here yet. An operator of this bot can load them with npm run import -- games <file or URL>.',
    'too-many-players': ({ asked, most }) =>
      `That is ${count(asked)} players; I can pick for at most ${count(most)} at once.`,
    'too-few-players': ({ found, leftOut }) =>
      leftOut
        ? `It takes two players whose games I can read, and here ${found === 0 ? 'is none' : 'is only one'}.`
        : 'It takes at least two different players: name each by Steam ID, or mention members who have linked and verified theirs.',
    'no-community': () =>
      'Games count for the community of a server or workspace: use this command in one, not in a direct message.',
    'prove-first': (_problem, command) =>
      `Only a verified account can count. ${command('link')} tells you how to verify yours.`,
    'no-taste': () => 'I don’t know any tags for the games in this library, so I can’t draw a taste chart.',
    'answer-gone': () => 'These picks are too old to page through. Run the command again.',
    'not-yours': (_problem, command) =>
      `These are somebody else’s picks. Ask for your own with ${command('recommend')}.`,
    'already-shared': ({ shared }) =>
      `${shared === 'page' ? 'A page of these picks' : 'This game'} was shared already. Unshare that post first, or run the command again.`,
    'not-your-share': () => 'Somebody else shared this, so only they can unshare it.',
    'sharer-unknown': () =>
      'I no longer know who shared this, so I can’t unshare it. Somebody who can delete messages here can.',
    'account-taken': () =>
      'Somebody else has linked and verified that Steam account. If that is you on another platform, unlink it there first.',
    'unlink-first': ({ steamId }, command) =>
      `You have linked ${steamId} and verified it. To link another account, first use ${command('unlink')}.`,
    'code-expired': (_, command) =>
      `That verification has expired. Use ${command('link')} again for a new one.`,
    'digest-elsewhere': () => 'Run this in a channel of the server or workspace it’s for.',
    'digest-for-managers': ({ of }) =>
      of === 'server'
        ? 'Digests are set up by those who may manage this server or this channel (Manage Server or Manage Channels).'
        : 'Digests are set up by the admins and owners of this workspace.',
    'bad-time': ({ asked }) => `“${clip(asked, 20)}” is no time of day. Write it like 18:00 or 9:30.`,
    'unknown-timezone': ({ asked, near }) =>
      near.length === 0
        ? `I know no time zone “${clip(asked, 40)}”. Name a city, such as Asia/Seoul or America/New_York.`
        : `I know no time zone “${clip(asked, 40)}”. Did you mean ${or(near)}?`,
    'bad-mention': ({ asked }) =>
      `“${clip(asked, 40)}” is nobody whom a digest can notify. It takes @here, @everyone or the mention of a role.`,
    'may-not-mention': () =>
      'You may not notify everybody here yourself, so a digest may not do it for you: that takes the permission Mention Everyone.',
    'we-may-not-mention': () =>
      'I can’t notify anybody here yet. Allow me the permission Mention @everyone, @here, and All Roles under Edit Channel → Permissions, or make the role mentionable, then try again.',
    'cannot-post-here': ({ permissions }) =>
      `I may not post in this channel: it needs ${and(permissions)}. Allow these under Edit Channel → Permissions, then try again.`,
    'too-many-digests': ({ most }, command) =>
      `There are ${count(most)} digests here, and no more can be set up. ${command('digest remove')} takes one away.`,
    'no-digest': ({ number }, command) =>
      number === undefined
        ? `This channel has no digest. ${command('digest subscribe')} sets one up, ${command('digest list')} shows those of other channels.`
        : `There is no digest ${count(number)}. ${command('digest list')} shows which there are.`,
    'which-digest': ({ numbers }) =>
      `This channel has several digests. Say which one: number ${or(numbers.map(String))}.`,
    'asked-just-now': () => 'This digest was asked for a moment ago already.',
    'too-fast': ({ seconds }) => `That was quick! Try again in ${plural(seconds, 'second', 'seconds')}.`,
    'no-place': () =>
      'That is a setting of a server or workspace: please type it in a channel of the one that it is for, where I am installed.',
    'managers-only': ({ of }) =>
      of === 'server'
        ? 'Only members with the permission “Manage Server” can change the settings of this server.'
        : 'Only admins and owners of this workspace can change its settings.',
    'managers-unknown': ({ of }) =>
      of === 'server'
        ? 'Discord did not tell me whether you have the permission “Manage Server”, so nothing was changed. Please try again in a minute.'
        : 'Slack did not tell me whether you are an admin or owner of this workspace, so nothing was changed. Please try again in a minute.',
    'no-channel': ({ asked, example }, _command, shown) =>
      `“${clip(asked, 60)}” is not a channel. Type # and pick channels from the list, or say here or all.${suchAs(example, shown)}`,
    'foreign-channel': ({ asked }) =>
      `${clip(asked, 60)} is not a channel of this server in which commands can be typed. Type # and pick one from the list.`,
    'too-many-channels': ({ most }) => `I can keep to at most ${plural(most, 'channel', 'channels')}.`,
    'too-many-blocked': ({ most }) =>
      `At most ${games(most)} can be blocked here, so nothing was changed. Unblock some first.`,
  },
  failures: {
    ours: (reference) => `Something went wrong on our side. Please try again. (reference ${reference})`,
    steam: (reference) =>
      `Steam isn’t answering. Please try again in a few minutes. (reference ${reference})`,
    'steam-key': (reference) =>
      `Steam refuses this bot’s key, so Steam libraries can’t be read until its operator sets a new one. You can still name games you like with like. (reference ${reference})`,
    model: (reference) =>
      `The recommender hasn’t learned from enough players yet. Please try again later. (reference ${reference})`,
    inference: (reference) =>
      `A part of this bot is restarting. Please try again in a minute. (reference ${reference})`,
    database: (reference) =>
      `A part of this bot is restarting. Please try again in a minute. (reference ${reference})`,
  },
  noSteamKey,
}
