import { clip } from '../formats.ts'
import type { Topic } from '../language.ts'
import { commands } from './commands.ts'
import { and, count, format, plural } from './text.ts'

export const notices: Topic<'notices' | 'settings' | 'help' | 'filters' | 'together'> = {
  notices: {
    guessed: (asked, name) => `I took “${clip(asked, 60)}” for ${clip(name, 80)}.`,
    orMeant: (typed) => `Did you mean ${typed}?`,
    namesake: (name, typed) => `There is another game called ${clip(name, 80)}: ${typed}.`,
    profileCalled: (name, typed) =>
      `This is the library of the Steam profile called “${clip(name, 40)}”. Not who you meant? Try ${typed}.`,
    accountCalled: (name) =>
      `This is the account of the Steam profile called “${clip(name, 40)}”. Not yours? Give your Steam ID instead.`,
    fileByMessage: 'I sent it to you in our direct messages.',
    fileNotSent: (reference) =>
      `I could not send you the file: this bot may need the permissions files:write and im:write. (reference ${reference})`,
    oldButton: 'This button is from another version of this bot. Run the command again.',
    notPosted: (platform, reference) =>
      `${platform} did not take the post. Please press Share again. (reference ${reference})`,
    mayNotPost: (permissions, reference) =>
      `This bot may not post in this channel: it needs ${and(permissions)}. Somebody who may manage permissions here, such as an admin, can allow that under Edit Channel → Permissions. Then press Share again. (reference ${reference})`,
    notInvited: (reference) =>
      `This app is not in this channel, so Slack did not let it post. Invite it by typing /invite @Indiescout here, then press Share again. (reference ${reference})`,
    postingRestricted: (reference) =>
      `The rules of this channel keep this app from posting. A workspace owner or admin can change that: the channel’s name → Settings → Posting permissions. Then press Share again. (reference ${reference})`,
    archived: (reference) =>
      `This channel or thread is archived, so nothing can be posted in it. Somebody who manages it can open it again; or ask me elsewhere. (reference ${reference})`,
    takenBack: 'Unshared. The post is gone, and you can share it again.',
    notTakenBack: (platform, reference) =>
      `${platform} would not delete the post. Please press the button again in a minute, or ask somebody who may delete messages here. (reference ${reference})`,
  },
  settings: {
    shown: (language, command) =>
      `I answer you in ${language}. To change that: ${command('settings', { language: 'ko' })}`,
    saved: (language) => `From now on, I’ll answer you in ${language}.`,
    head: (of) => `Your settings, and those of this ${of}`,
    savedHere: 'Saved. Current settings:',
    placeLanguage: (language, of) =>
      language === undefined
        ? `Language of this ${of}: none set. People whose own I do not know are answered in English.`
        : `Language of this ${of}: ${language}, for people whose own I do not know and for what everybody sees.`,
    currency: (code, told) => {
      if (code === undefined) return 'Currency: none set. Prices are in US dollars.'
      return told
        ? `Currency: ${format.currency(code)}. Each price is shown with about what that comes to, and price limits are in this currency too.`
        : `Currency: ${format.currency(code)}, for which no exchange rate is loaded now, so prices are in US dollars.`
    },
    mature: {
      nowhere: 'Mature games: never shown here.',
      server: 'Mature games: shown in age-restricted channels only.',
      workspace: 'Mature games: shown.',
    },
    anywhere: 'Channels: I take commands in all of them.',
    onlyIn: 'Channels: I take commands only in',
    noneBlocked: 'Blocked games: none.',
    blocked: (n) => `Blocked games (${count(n)}):`,
    more: (n) => `and ${count(n)} more`,
    howTo: (command, of) =>
      `${of === 'server' ? 'Members with the permission “Manage Server”' : 'Admins and owners of the workspace'} change all but your own language: ${command} with server_language, currency, mature, block, unblock or channels.`,
    elsewhere: 'I don’t take that command in this channel.',
    insteadIn: 'Please use it in',
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
    price: (most) => (most === undefined ? 'a price of nothing' : `a price up to ${most}`),
    language: (language) => `support for ${clip(language, 40)}`,
    platform: (platform) => `a version for ${commands.choices.platform[platform]}`,
    age: (age) => `a release ${commands.choices.age[age].toLowerCase()}`,
    onSale: 'a reduced price',
    reviews: (least) => `a minimum of ${plural(least, 'review', 'reviews')}`,
    positive: (least) => `a minimum of ${least} positive reviews`,
    sort: (sort) => `the order “${sort}”`,
    hideOwned: 'the hiding of what you own',
  },
  together: {
    leftOut: {
      'bad-steam-id': 'left out, since this is no Steam ID',
      'not-linked': 'left out, since only members with a linked and verified Steam account can be mentioned',
      'no-profile': 'left out, since Steam knows no such profile',
      'private-profile': 'left out, since the profile is private',
      'hidden-games': 'left out, since the profile hides its games',
      'empty-library': 'left out, since the library holds no games',
      away: 'left out, since Steam did not answer',
    },
    leftOutCount: (n) => `${plural(n, 'player', 'players')} could not be counted.`,
    fits: (fits, of) => (fits === of ? `Fits all ${count(of)}` : `Fits ${count(fits)} of ${count(of)}`),
    playable: (players) => `co-op or multiplayer for ${count(players)}`,
  },
}
