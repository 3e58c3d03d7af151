import { clip } from '../formats.ts'
import type { Topic } from '../language.ts'
import { commands } from './commands.ts'
import { and, count, format, plural } from './text.ts'

export const notices: Topic<'notices' | 'settings' | 'help' | 'filters' | 'together'> = {
  notices: {
    guessed: (asked, name) =>
      `Showing results for ${clip(name, 80)}, the closest match for “${clip(asked, 60)}”.`,
    orMeant: (typed) => `Did you mean ${typed}?`,
    namesake: (name, typed) => `There’s another game called ${clip(name, 80)}: ${typed}.`,
    profileCalled: (name, typed) =>
      `This is the library of the Steam profile called “${clip(name, 40)}”. Not who you meant? Try ${typed}.`,
    accountCalled: (name) =>
      `This is the account of the Steam profile called “${clip(name, 40)}”. Not yours? Use your Steam ID instead.`,
    fileByMessage: 'I’ve sent it to you in a direct message.',
    fileNotSent: (reference) =>
      `I couldn’t send you the file. This app may need the files:write and im:write permissions. (reference ${reference})`,
    oldButton: 'This button is from another version of this bot. Run the command again.',
    notPosted: (platform, reference) =>
      `${platform} didn’t accept the post. Press Share again. (reference ${reference})`,
    mayNotPost: (permissions, reference) =>
      `I can’t post in this channel: I need ${and(permissions)}. An admin can allow this under Edit Channel → Permissions. Then press Share again. (reference ${reference})`,
    notInvited: (reference) =>
      `This app isn’t in this channel. Type /invite @Indiescout here, then press Share again. (reference ${reference})`,
    postingRestricted: (reference) =>
      `This channel’s settings don’t let apps post. A workspace owner or admin can change that under the channel’s name → Settings → Posting permissions. Then press Share again. (reference ${reference})`,
    archived: (reference) =>
      `This channel or thread is archived, so I can’t post in it. Reopen it, or run the command elsewhere. (reference ${reference})`,
    takenBack: 'Unshared. The post was deleted, and you can share it again.',
    notTakenBack: (platform, reference) =>
      `${platform} didn’t delete the post. Try again in a minute, or ask somebody who can delete messages here. (reference ${reference})`,
  },
  settings: {
    shown: (language, command) =>
      `Your language: ${language}. To change it: ${command('settings', { language: 'ko' })}`,
    saved: (language) => `From now on, I’ll answer you in ${language}.`,
    head: (of) => `Your settings, and this ${of}’s`,
    savedHere: 'Saved. Current settings:',
    placeLanguage: (language) =>
      language === undefined
        ? `Default language: none set. People whose language I don’t know get English.`
        : `Default language: ${language}, for public posts and for people whose language I don’t know.`,
    currency: (code, told) => {
      if (code === undefined) return 'Currency: none set. Prices are in US dollars.'
      return told
        ? `Currency: ${format.currency(code)}. Prices show about what they come to in it, and price limits use it too.`
        : `Currency: ${format.currency(code)}. There’s no exchange rate for it right now, so prices are in US dollars.`
    },
    mature: {
      nowhere: 'Mature games: never shown here.',
      server: 'Mature games: only in age-restricted channels.',
      workspace: 'Mature games: shown.',
    },
    anywhere: 'Channels: commands work in all of them.',
    onlyIn: 'Channels: commands only work in',
    noneBlocked: 'Blocked games: none.',
    blocked: (n) => `Blocked games (${count(n)}):`,
    more: (n) => `and ${count(n)} more`,
    howTo: (command, of) =>
      `${of === 'server' ? 'Members with the “Manage Server” permission' : 'Admins and owners of the workspace'} can change everything but your language: ${command} with server_language, currency, mature, block, unblock or channels.`,
    elsewhere: 'That command doesn’t work in this channel.',
    insteadIn: 'Use it in',
  },
  help: {
    head: 'Indie games for you and your friends',
    foot: 'Only you can see answers until you share them. Powered by Steam',
    example: (example) => `For example: ${example}`,
    umbrella: 'Help, your language, your Steam account and your data',
  },
  filters: {
    label: (label) => `the tag “${label}”`,
    without: (label) => `the exclusion of “${label}”`,
    price: (most) => (most === undefined ? 'the price “free”' : `a price up to ${most}`),
    language: (language) => `support for ${clip(language, 40)}`,
    platform: (platform) => `support for ${commands.choices.platform[platform]}`,
    age: (age) =>
      `a release ${age === 'this-year' ? 'this year' : `in the ${commands.choices.age[age].toLowerCase()}`}`,
    onSale: 'a discount',
    reviews: (least) => `at least ${plural(least, 'review', 'reviews')}`,
    positive: (least) => `at least ${least} positive reviews`,
    sort: (sort) => `the order “${sort}”`,
    hideOwned: 'hiding games you own',
  },
  together: {
    leftOut: {
      'bad-steam-id': 'left out: not a Steam ID',
      'not-linked': 'left out: no linked and verified Steam account',
      'no-profile': 'left out: no such Steam profile',
      'private-profile': 'left out: the profile is private',
      'hidden-games': 'left out: the profile hides its games',
      'empty-library': 'left out: no games in the library',
      away: 'left out: Steam didn’t answer',
    },
    leftOutCount: (n) => `${plural(n, 'player', 'players')} couldn’t be included.`,
    fits: (fits, of) => (fits === of ? `Fits all ${count(of)}` : `Fits ${count(fits)} of ${count(of)}`),
    playable: (players) => `co-op or multiplayer for ${count(players)}`,
  },
}
