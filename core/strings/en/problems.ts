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
      `There’s no command /${clip(asked, 40)}. ${command('help')} lists all commands.`,
    'no-such-option': ({ command, asked, names, example }, typed, shown) =>
      names.length === 0
        ? `${typed(command)} takes no options.${suchAs(example, shown)}`
        : `${typed(command)} has no option “${clip(asked, 40)}”; it has ${and(names)}.${suchAs(example, shown)}`,
    'missing-option': ({ option, example }, _command, shown) =>
      `${option} is missing.${suchAs(example, shown)}`,
    'too-long': ({ option, most, example }, _command, shown) =>
      `${option} is too long: use up to ${count(most)} characters.${suchAs(example, shown)}`,
    'bad-number': ({ option, whole, min, max, example }, _command, shown) =>
      `${option} must be a ${whole ? 'whole ' : ''}number from ${count(min)} to ${count(max)}.${suchAs(example, shown)}`,
    'no-such-choice': ({ option, choices, example }, _command, shown) =>
      `${option} must be ${or(choices)}.${suchAs(example, shown)}`,
    'bad-steam-id': ({ asked }, _command, shown) =>
      `“${clip(asked, 60)}” isn’t a Steam ID. ${
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
      return `Whose games? Give a Steam ID, link your own account once with ${command('link')}, or name games you like.${suchAs({ command: 'recommend', option: 'like' }, shown)}`
    },
    'unknown-genre': ({ asked, near }, _command, { examples }) =>
      near.length === 0
        ? `I don’t know the tag “${clip(asked, 60)}”. Try another genre or tag${examples.labels.length === 0 ? '' : `, such as ${or(examples.labels)}`}.`
        : `I don’t know the tag “${clip(asked, 60)}”. Did you mean ${or(near)}?`,
    'mature-off': ({ asked }, command, { placeKind }) =>
      `“${clip(asked, 60)}” is for mature games, and they’re turned off here. ${placeKind === 'server' ? 'Server managers' : 'Workspace admins'} can turn them on with ${command('settings', { mature: 'yes' })}${placeKind === 'server' ? '; they only appear in age-restricted channels, never in direct messages' : ''}.`,
    'too-many-liked': ({ most }) => `Name up to ${plural(most, 'game', 'games')} you like, separated by ;`,
    'unknown-game': ({ asked, near }) =>
      near.length === 0
        ? `I couldn’t find “${clip(asked, 60)}”. Check the spelling, or paste the link to its store page.`
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
      `No exchange rates are loaded here, so I can’t show prices in “${clip(asked, 40)}”. Whoever runs this bot can load them with npm run import -- rates <file or URL>.`,
    'nothing-left': ({ filters, relax }) => {
      if (filters.length === 0)
        return 'There’s nothing left to pick: you own every indie game I know, or it’s blocked here.'
      const ways = relax.map(({ how, filter, games: n }) => {
        switch (how) {
          case 'with':
            return `${left(n)} with ${filter}`
          case 'only':
            return `${left(n)} with only ${filter}`
          case 'reordered':
            return `${left(n)} in another order`
        }
        return `${left(n)} without ${filter}`
      })
      return `No indie game matches ${and(filters)}.${ways.length === 0 ? '' : ` I’d find ${or(ways)}.`}`
    },
    'no-games': () =>
      'There are no indie games here yet. Whoever runs this bot can load them with npm run import -- games <file or URL>.',
    'too-many-players': ({ asked, most }) =>
      `That’s ${count(asked)} players; I can pick for up to ${count(most)} at once.`,
    'too-few-players': ({ found, leftOut }) =>
      leftOut
        ? `I need two players whose games I can read, and found ${found === 0 ? 'none' : 'only one'}.`
        : 'Name at least two players: by Steam ID, or by mentioning members who linked and verified their accounts.',
    'no-community': (_problem, _command, { placeKind }) =>
      `Your games can count for a ${placeKind}’s community. Run this in a channel of that ${placeKind}, not in a direct message.`,
    'prove-first': (_problem, command) =>
      `Only verified accounts count. ${command('link')} shows how to verify yours.`,
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
      'Somebody else has already verified that Steam account. If that was you on another platform, unlink it there first.',
    'unlink-first': ({ steamId }, command) =>
      `You’ve already linked and verified ${steamId}. To link another account, run ${command('unlink')} first.`,
    'code-expired': (_, command) =>
      `That verification has expired. Run ${command('link')} again to get a new one.`,
    'digest-elsewhere': (_problem, _command, { placeKind }) =>
      `Run this in a channel of the ${placeKind} it’s for.`,
    'digest-for-managers': ({ of }) =>
      of === 'server'
        ? 'To manage digests you need the Manage Server or Manage Channels permission.'
        : 'Only admins and owners of this workspace can manage digests.',
    'bad-time': ({ asked }) => `“${clip(asked, 20)}” isn’t a time. Write it like 18:00 or 9:30.`,
    'unknown-timezone': ({ asked, near }) =>
      near.length === 0
        ? `I don’t know the time zone “${clip(asked, 40)}”. Name a city, such as Asia/Seoul or America/New_York.`
        : `I don’t know the time zone “${clip(asked, 40)}”. Did you mean ${or(near)}?`,
    'bad-mention': ({ asked }) =>
      `A digest can’t notify “${clip(asked, 40)}”. Use @here, @everyone or mention a role.`,
    'may-not-mention': () => 'You need the Mention Everyone permission here to let a digest notify people.',
    'we-may-not-mention': () =>
      'I can’t notify anybody here yet. Give me the permission “Mention @everyone, @here, and All Roles” under Edit Channel → Permissions, or make the role mentionable, then try again.',
    'cannot-post-here': ({ permissions }) =>
      `I can’t post in this channel: I need ${and(permissions)}. Allow this under Edit Channel → Permissions, then try again.`,
    'too-many-digests': ({ most }, command) =>
      `There are already ${count(most)} digests here, which is the most. ${command('digest remove')} removes one.`,
    'no-digest': ({ number }, command) =>
      number === undefined
        ? `This channel has no digest. ${command('digest subscribe')} sets one up; ${command('digest list')} shows the others.`
        : `There’s no digest ${count(number)}. ${command('digest list')} shows all of them.`,
    'which-digest': ({ numbers }) =>
      `This channel has several digests. Choose one by number: ${or(numbers.map(String))}.`,
    'asked-just-now': () => 'This digest was requested a moment ago.',
    'too-fast': ({ seconds }) => `That was quick! Try again in ${plural(seconds, 'second', 'seconds')}.`,
    'no-place': (_problem, _command, { placeKind }) =>
      `That’s a setting of a ${placeKind}. Run this in a channel of the ${placeKind} it’s for.`,
    'managers-only': ({ of }) =>
      of === 'server'
        ? 'Only members with the “Manage Server” permission can change this server’s settings.'
        : 'Only admins and owners of this workspace can change its settings.',
    'managers-unknown': ({ of }) =>
      of === 'server'
        ? 'I couldn’t check whether you have the “Manage Server” permission, so nothing was changed. Try again in a minute.'
        : 'I couldn’t check whether you’re an admin or owner of this workspace, so nothing was changed. Try again in a minute.',
    'no-channel': ({ asked, example }, _command, shown) =>
      `“${clip(asked, 60)}” isn’t a channel. Type # and pick channels from the list, or use here or all.${suchAs(example, shown)}`,
    'foreign-channel': ({ asked }, _command, { placeKind }) =>
      `${clip(asked, 60)} isn’t a channel of this ${placeKind} where commands work. Type # and pick one from the list.`,
    'too-many-channels': ({ most }) => `You can choose up to ${plural(most, 'channel', 'channels')}.`,
    'too-many-blocked': ({ most }) =>
      `You can block up to ${games(most)} here, so nothing was changed. Unblock some first.`,
  },
  failures: {
    ours: (reference) => `Something went wrong on our side. Try again. (reference ${reference})`,
    steam: (reference) => `Steam isn’t answering. Try again in a few minutes. (reference ${reference})`,
    'steam-key': (reference) =>
      `Steam refuses this bot’s key, so Steam libraries can’t be read until its operator sets a new one. You can still use like with games you like. (reference ${reference})`,
    model: (reference) =>
      `The recommender hasn’t learned from enough players yet. Try again later. (reference ${reference})`,
    inference: (reference) =>
      `A part of this bot is restarting. Try again in a minute. (reference ${reference})`,
    database: (reference) =>
      `A part of this bot is restarting. Try again in a minute. (reference ${reference})`,
  },
  noSteamKey,
}
