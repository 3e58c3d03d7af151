import type { ExampleWanted } from '../commands/example.ts'
import type { NamedReason } from '../recommend/answers.ts'
import { clip, createFormats } from './formats.ts'
import type { Language } from './language.ts'
import type { Shown } from './shown.ts'

const format = createFormats('en-US')
const { count, percent, or, and } = format

const plural = (n: number, one: string, many: string) => `${count(n)} ${n === 1 ? one : many}`
const games = (n: number) => plural(n, 'game', 'games')
const picks = (n: number) => plural(n, 'indie pick', 'indie picks')

const named = (reasons: readonly NamedReason[]) =>
  reasons.map(({ name, share }) => `${name} (${percent(share)})`)

const VERDICTS = {
  overwhelming: 'Overwhelmingly positive',
  very: 'Very positive',
  mostly: 'Mostly positive',
  mixed: 'Mixed',
  negative: 'Mostly negative',
} as const

const SORTED = {
  acclaimed: 'best received',
  'hidden-gems': 'hidden gems',
  new: 'newest',
  popular: 'most popular',
  'on-sale': 'on sale',
} as const

const suchAs = (wanted: ExampleWanted, { example }: Shown) => {
  const typed = example(wanted)
  return typed === undefined ? '' : ` For example: ${typed}`
}

const noSteamKey = ({ example }: Shown) => {
  const typed = example({ command: 'recommend', option: 'like' })
  return `This bot has no Steam key yet, so it can’t read Steam libraries. Name up to three games you like instead${typed === undefined ? '' : `: ${typed}`}`
}

const STEAM_ID = 'Steam ID, profile link, custom name or friend code'
const COUNT = 'How many games, 1 to 20; 10 unless told'
const GENRE = 'Only games of this genre, tag or category; several with commas'
const MAX_PRICE = 'The most a game may cost, in the currency set here (else US dollars); 0 shows free games'
const PLATFORM = 'Only games known to run on it'
const LANGUAGE = 'Only games known to support it, such as Korean'
const EXCLUDE = 'No games of this genre, tag or category; several with commas'

const ON_DIGEST = { number: 'Which one, by its number in the list; the one of this channel unless told' }

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

export const en: Language = {
  format,
  locale: 'en',
  language: 'English',
  commands: {
    recommend: {
      description: 'Indie games picked from what a player owns on Steam',
      options: {
        steam_id: `${STEAM_ID}; your linked one unless told`,
        like: 'Up to three games you like, with ; between them, in place of a Steam ID',
        genre: GENRE,
        exclude: EXCLUDE,
        max_price: MAX_PRICE,
        discovery: 'From what everybody plays to hidden gems',
        age: 'How old a game may be',
        on_sale: 'Only games that are on sale',
        platform: PLATFORM,
        language: LANGUAGE,
        count: COUNT,
      },
    },
    curate: {
      description: 'The best indie games of a genre, tag or category',
      options: {
        genre: 'Genre, tag or category; several with commas must all hold',
        exclude: EXCLUDE,
        max_price: MAX_PRICE,
        platform: PLATFORM,
        language: LANGUAGE,
        min_reviews: 'Only games with at least so many reviews',
        min_positive: 'Only games of whose reviews at least so many percent are positive',
        sort: 'What comes first; the best received unless told',
        hide_owned: 'Leave out what your linked account owns',
        count: COUNT,
      },
    },
    similar: {
      description: 'Indie games like one that you know',
      options: { game: 'The name of a game', count: COUNT },
    },
    together: {
      description: 'Indie games for up to eight players that none of them owns',
      options: { players: 'Steam IDs or mentions of linked members, with spaces between them', count: COUNT },
    },
    taste: {
      description: 'A picture of what a player likes',
      options: { steam_id: `${STEAM_ID}; your linked one unless told` },
    },
    link: {
      description: 'Link your own Steam account, so that you need not type it again',
      options: { steam_id: STEAM_ID },
    },
    unlink: { description: 'Take the link to your Steam account away', options: {} },
    privacy: {
      description: 'What is stored about you, and why',
      options: {
        community: 'Let your games count, without your name, in what digests pick for this community',
        training: 'Let the recommender learn from your games and opinions, without your name',
      },
    },
    export: { description: 'All that is stored about you, as a file', options: {} },
    'forget-me': { description: 'Delete all that is stored about you', options: {} },
    settings: {
      description: 'Your language, and what those who manage this place have set',
      options: {
        language: 'The language of my answers to you',
        server_language: 'For managers: the language of those whose own I do not know',
        currency: 'For managers: the currency of prices here, such as KRW; none takes it back',
        mature: 'For managers: whether mature games may be shown here',
        block: 'For managers: games that are never shown here, by name or store link, with ; between them',
        unblock: 'For managers: games that may be shown again, with ; between them',
        channels: 'For managers: where I take commands, as #one #two, here, or all',
      },
    },
    help: { description: 'What there is', options: { command: 'Explain one command, such as curate' } },
    'digest subscribe': {
      description: 'Post a digest to this channel every week',
      options: {
        day: 'The day of the week; Monday unless told',
        time: 'The time of day, such as 18:00; 18:00 unless told',
        timezone: 'By whose clock, such as Asia/Seoul',
        genre: GENRE,
        count: 'How many games, 1 to 10; 5 unless told',
        language: 'The language of the digest; yours unless told',
        mention: 'Whom to notify: @here, @everyone or a role',
      },
    },
    'digest list': { description: 'The digests of this server or workspace, and how they went', options: {} },
    'digest preview': { description: 'What would be posted now, for your eyes alone', options: ON_DIGEST },
    'digest now': { description: 'Post the digest now', options: ON_DIGEST },
    'digest pause': { description: 'Post no digest until it is resumed', options: ON_DIGEST },
    'digest resume': { description: 'Go on posting the digest', options: ON_DIGEST },
    'digest remove': { description: 'Take the digest away', options: ON_DIGEST },
  },
  groups: { digest: 'A digest of indie games, posted to a channel every week' },
  choices: {
    day: {
      monday: 'Monday',
      tuesday: 'Tuesday',
      wednesday: 'Wednesday',
      thursday: 'Thursday',
      friday: 'Friday',
      saturday: 'Saturday',
      sunday: 'Sunday',
    },
    discovery: {
      popular: 'Popular',
      balanced: 'Balanced',
      adventurous: 'Adventurous',
      'hidden-gems': 'Hidden gems',
    },
    age: {
      all: 'Of any age',
      'five-years': 'Of the last five years',
      'two-years': 'Of the last two years',
      'this-year': 'Of this year',
    },
    sort: {
      acclaimed: 'Best received',
      'hidden-gems': 'Hidden gems',
      new: 'Newest',
      popular: 'Most popular',
      'on-sale': 'On sale',
    },
    platform: { windows: 'Windows', mac: 'macOS', linux: 'Linux' },
    language: { en: 'English', ko: '한국어' },
    server_language: { en: 'English', ko: '한국어', none: 'None' },
  },
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
      'Steam knows no such profile. Check the spelling, or paste the link of the profile page.',
    'private-profile': () =>
      'This Steam profile is private. Its owner can open it: Steam → Profile → Edit Profile → Privacy Settings → My profile and Game details: Public. It takes Steam a minute to show.',
    'hidden-games': () =>
      'This profile hides its games. Its owner can show them: Steam → Profile → Edit Profile → Privacy Settings → Game details: Public. It takes Steam a minute to show.',
    'empty-library': () =>
      'This library holds no games yet, so there is no taste to read. Try another Steam ID.',
    'not-linked': (_problem, command, shown) => {
      if (!shown.examples.hasSteam) return noSteamKey(shown)
      return `Whose games? Give a Steam ID, link your own once with ${command('link')}, or name games that you like.${suchAs({ command: 'recommend', option: 'like' }, shown)}`
    },
    'unknown-genre': ({ asked, near }, _command, { examples }) =>
      near.length === 0
        ? `No game carries “${clip(asked, 60)}”. Try a genre or tag${examples.labels.length === 0 ? '' : `, such as ${or(examples.labels)}`}.`
        : `No game carries “${clip(asked, 60)}”. Did you mean ${or(near)}?`,
    'mature-off': ({ asked }, command) =>
      `“${clip(asked, 60)}” is for mature games, and those aren’t shown here. Whoever manages this server or workspace can allow them with ${command('settings', { mature: 'yes' })}; on Discord they appear in age-restricted channels only, and never in direct messages.`,
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
      `I know no language “${clip(asked, 40)}”. ${near.length === 0 ? 'Try its English name, such as Korean.' : `Did you mean ${or(near)}?`}`,
    'unknown-currency': ({ asked, near }) =>
      `I know no exchange rate for “${clip(asked, 40)}”. ${near.length === 0 ? 'Try a code of three letters, such as EUR.' : `Did you mean ${or(near)}?`}`,
    'no-rates': ({ asked }) =>
      `No exchange rates are loaded here, so I cannot tell prices in “${clip(asked, 40)}”. An operator of this bot can load them with npm run import -- rates <file or URL>.`,
    'nothing-left': ({ filters, relax }) => {
      if (filters.length === 0)
        return 'Nothing is left to pick: every indie game I know is owned or blocked here.'
      const ways = relax.map(({ how, filter, games: n }) => {
        switch (how) {
          case 'with':
            return `with ${filter} there would be ${games(n)}`
          case 'only':
            return `no single one is to blame, but with ${filter} alone there would be ${games(n)}`
          case 'reordered':
            return `another order leaves ${games(n)}`
        }
        return `dropping ${filter} leaves ${games(n)}`
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
        : 'It takes at least two different players: name each by Steam ID, or mention members who have linked and proven theirs.',
    'no-community': () =>
      'Games count for the community of a server or workspace: use this command in one, not in a direct message.',
    'prove-first': (_problem, command) =>
      `Only an account that you have proven to be yours can count. ${command('link')} tells how to prove it.`,
    'no-taste': () => 'I know no tags of the games in this library, so there is no taste to draw.',
    'answer-gone': () => 'These picks are too old to page through. Please ask again.',
    'not-yours': (_problem, command) =>
      `These are somebody else’s picks. Ask for your own with ${command('recommend')}.`,
    'already-shared': ({ shared }) =>
      `${shared === 'page' ? 'A page of these picks' : 'This game'} was shared already. Take that post back first, or ask anew.`,
    'not-your-share': () => 'Somebody else shared this, so only they can take it back.',
    'sharer-unknown': () =>
      'I no longer know who shared this, so I cannot take it back. Somebody who may delete messages here can.',
    'account-taken': () =>
      'Somebody else has linked that Steam account and proven that it is theirs. If that is you on another platform, unlink it there first.',
    'unlink-first': ({ steamId }, command) =>
      `You have linked ${steamId} and proven it. To link another account, first use ${command('unlink')}.`,
    'code-expired': (_, command) =>
      `That proof is no longer good. Use ${command('link')} again for a new one.`,
    'digest-elsewhere': () =>
      'Digests are posted to the channels of a server or workspace: use this command in one.',
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
    'too-fast': ({ seconds }) =>
      `That was quick! Please ask again in ${plural(seconds, 'second', 'seconds')}.`,
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
  noSteamKey,
  failures: {
    ours: (reference) =>
      `Something went wrong on our side, and the operator can look it up. Please try again. (reference ${reference})`,
    steam: (reference) =>
      `Steam is not answering. Please try again in a few minutes. (reference ${reference})`,
    'steam-key': (reference) =>
      `Steam refuses this bot’s key, so Steam libraries can’t be read until its operator sets a new one. You can still name games you like with like. (reference ${reference})`,
    model: (reference) =>
      `The recommender hasn’t learned from enough players yet. Please try again later. (reference ${reference})`,
    inference: (reference) =>
      `A part of this bot is restarting. Please try again in a minute. (reference ${reference})`,
    database: (reference) =>
      `A part of this bot is restarting. Please try again in a minute. (reference ${reference})`,
  },
  buttons: {
    back: '◀ Previous',
    on: 'Next ▶',
    share: '📣 Share',
    shareGame: '📣 Share this game',
    takeBack: '🗑 Take back',
    like: '👍 Like',
    played: '🎮 Played',
    skip: '🙈 Not for me',
    more: '✨ More like this',
    why: '❔ Why?',
  },
  why: {
    head: (game) => `Why ${game}`,
    share: ({ name, share, liked }) => `${name}, which you ${liked ? 'like' : 'own'}: ${percent(share)}`,
    meaning:
      'A share is how much of what speaks for this game comes from that one. What is missing to 100% comes from your other games, each with a smaller share.',
  },
  notices: {
    guessed: (asked, name) => `I took “${clip(asked, 60)}” for ${clip(name, 80)}.`,
    orMeant: (typed) => `Did you mean ${typed}?`,
    namesake: (name, typed) => `There is another game called ${clip(name, 80)}: ${typed}.`,
    profileCalled: (name, typed) =>
      `This is the library of the Steam profile called “${clip(name, 40)}”. Not who you meant? Try ${typed}.`,
    fileByMessage: 'I sent it to you in our direct messages.',
    fileNotSent: (reference) =>
      `I could not send you the file: this bot may need the permissions files:write and im:write. (reference ${reference})`,
    oldButton: 'This button is from another version of this bot. Please ask anew.',
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
    takenBack: 'Taken back. The post is gone, and you may share it again.',
    notTakenBack: (platform, reference) =>
      `${platform} would not delete the post. Please press the button again in a minute, or ask somebody who may delete messages here. (reference ${reference})`,
  },
  settings: {
    shown: (language, command) =>
      `I answer you in ${language}. To change that: ${command('settings', { language: 'ko' })}`,
    saved: (language) => `From now on I answer you in ${language}.`,
    head: (of) => `Your settings, and those of this ${of}`,
    savedHere: 'Saved. This is what holds now:',
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
    foot: 'Answers are for your eyes alone until you share them. Powered by Steam',
    example: (example) => `For example: ${example}`,
    umbrella: 'Help, your language, your Steam account and your data',
  },
  subscriptions: {
    made: (number, n, labels) =>
      `Digest ${count(number)} is set up: ${games(n)}${labels.length === 0 ? '' : ` of ${and(labels)}`} for this channel, every week.`,
    when: (day, time, timezone) => `${en.choices.day[day]}s at ${time} (${timezone})`,
    next: (times) => `The next three: ${times.join(' · ')}`,
    blind:
      'I cannot read what was posted here (Read Message History), so a digest whose fate is unknown after a crash is left unposted rather than posted twice.',
    head: (n) => plural(n, 'digest', 'digests'),
    none: (command) => `There is no digest here yet. ${command('digest subscribe')} sets one up.`,
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
  account: {
    linked: (steamId) => `Linked with Steam account ${steamId}.`,
    unproven:
      'From now on it serves your own picks. Prove that it is yours, or the link goes after 30 days and anybody may link it too.',
    signIn: 'Sign in through Steam to prove it',
    signInNote: (minutes) =>
      `The address is for you alone and good for ${minutes} minutes. Your password stays with Steam.`,
    code: (code, minutes) =>
      `To prove it, put the code ${code} anywhere into your Steam profile name (Steam → Profile → Edit Profile → General), then press the button within ${minutes} minutes. Afterwards you may change your name back.`,
    check: '🔎 Check my name',
    notInName: (code, name) =>
      `The name of that profile is “${clip(name, 40)}”, without the code ${code}. Steam may take a minute to show a new name; then press again.`,
    proven: (steamId) => `Proven: ${steamId} is yours. You may change your profile name back now.`,
    alreadyProven: (steamId) => `${steamId} is linked and proven already.`,
    unlinked: 'The link to your Steam account is gone.',
    notLinked: 'No Steam account is linked.',
  },
  privacy: {
    head: 'What is stored about you here, and why',
    noLink:
      'Steam account: none is linked. A Steam ID that you type is used for the answer and is not stored with your name.',
    provenLink: (steamId, day, command) =>
      `Steam account: ${steamId}, linked since ${day} and proven, so that you need not type it. Until ${command('unlink')}.`,
    unprovenLink: (steamId, lastDay, command) =>
      `Steam account: ${steamId}, linked but not proven, for your own picks only. Until ${lastDay} or ${command('unlink')}.`,
    locale: (language) =>
      language === undefined ? 'Language: none chosen.' : `Language: ${language}, since you chose it.`,
    opinions: (n, presses, days) =>
      `Opinions: on ${games(n)}, so that picks suit you; until you take them back. ${plural(presses, 'press', 'presses')} behind them, to measure the recommender; each for ${count(days)} days.`,
    answers: (n, days) =>
      `Answers: ${count(n)}, and what you shared of them, so that their buttons go on working and picks do not repeat; each for ${count(days)} days.`,
    commands: (n, days) =>
      `Commands: ${plural(n, 'line', 'lines')} that say when, which command and how it went, never what you typed; each for ${count(days)} days.`,
    library: ({ agreed, lastDay, days }) => {
      if (agreed)
        return lastDay === undefined
          ? `Library: what Steam tells of your account is fetched every week, since you agreed to learning. The last one is kept, for ${count(days)} days at most.`
          : `Library: what Steam told of your account, for when Steam is away and, since you agreed, to learn from. A new one takes its place every week; this one is kept until ${lastDay} at the latest.`
      return lastDay === undefined
        ? `Libraries: what Steam tells of an account is kept for ${count(days)} days, for when Steam is away, without whoever asked for it.`
        : `Library: what Steam told of your account, for when Steam is away; until ${lastDay}.`
    },
    digests: (n) =>
      `Digests: ${count(n)} that you set up for channels. Who did is stored so that you can be told when one pauses; until it is removed.`,
    community: (agreed, command) =>
      agreed
        ? `Community: your games count, without your name, in what the weekly digests pick here. ${command('privacy', { community: 'no' })} takes that back.`
        : `Community: your games do not count in what the weekly digests pick here. ${command('privacy', { community: 'yes' })} lets them count, without your name.`,
    training: (agreed, n, command) =>
      agreed
        ? `Learning: the recommender learns from your games and from what you like or have played, without your name; now from ${games(n)}. ${command('privacy', { training: 'no' })} takes them out at once, and the next model does without them.`
        : `Learning: you have not agreed that the recommender learns from your games${n === 0 ? '' : `, and ${games(n)} of your account came from a file; ${command('privacy', { training: 'no' })} takes them out`}. ${command('privacy', { training: 'yes' })} lets it, without your name.`,
    rest: (command) =>
      `Of a server or workspace, what its managers have set is stored until the app is removed there; with a Slack workspace, everything about its members goes as well. No message is read. ${command('export')} gives you everything as a file, ${command('forget-me')} deletes it.`,
    exported: 'Here is everything that is stored about you.',
    forgetAsk: (command) =>
      `This deletes your linked account, settings, opinions, answers and command history for good. ${command('export')} gives you a copy first. Posts that you shared stay in their channels, without your name; to have them gone too, take them back first. Delete it all?`,
    forget: '🗑 Delete everything',
    forgotten: 'Done: nothing about you is stored here any more.',
  },
  signIn: {
    title: 'Indiescout: prove your Steam account',
    explain: (platform, account, steamId) =>
      `The ${platform} account ${account} says that the Steam account ${steamId} is theirs.`,
    warn: 'Go on only if you asked for this yourself a moment ago. If somebody sent you this address, close the page: signing in would make your account count as theirs.',
    go: 'Sign in through Steam',
    proven: (steamId) => `Proven: ${steamId} is yours. You can close this page and go back to the chat.`,
    wrongAccount: (steamId) =>
      `You signed in to another Steam account than ${steamId}, the one that you linked. Sign in to that one, or link the other.`,
    refused: 'This address is no longer good. Go back to the chat and use link again.',
    steamAway: 'Steam does not answer. Please try again in a few minutes.',
  },
  install: {
    title: 'Indiescout in your Slack workspace',
    done: 'Installed. Go back to Slack and type /recommend in any channel.',
    cancelled: 'Nothing was installed.',
    expired: 'This address is no longer good. Please start the installation again in this browser.',
    wholeOrganisation:
      'Indiescout is installed for one workspace at a time, not for a whole organization. Please start again and choose a workspace.',
    failed: (reference) =>
      `The installation was not completed. Please try again in a few minutes; if it goes on, tell whoever runs Indiescout this reference: ${reference}.`,
  },
  facts: {
    price: 'Price',
    reviews: 'Reviews',
    released: 'Released',
    developer: 'Developer',
    tags: 'Tags',
    unknown: 'unknown',
    free: 'Free',
    about: (price, told) => `${price} (≈ ${told})`,
    reduced: (price, { told, percent: off, was }) =>
      `${price} (${told === undefined ? '' : `≈ ${told}; `}−${off}%, was ${was})`,
    noReviews: 'No reviews yet',
    reviewed: (verdict, share, total) => {
      if (total === undefined) return verdict ? `${VERDICTS[verdict]} (${share})` : share
      const of = `${share} of ${plural(total, 'review', 'reviews')}`
      return verdict ? `${VERDICTS[verdict]} (${of})` : of
    },
    quarter: (quarter, year) => `Q${quarter} ${year}`,
    year: (year) => String(year),
  },
  filters: {
    label: (label) => `the tag “${label}”`,
    without: (label) => `the exclusion of “${label}”`,
    price: (most) => (most === undefined ? 'a price of nothing' : `a price up to ${most}`),
    language: (language) => `support for ${clip(language, 40)}`,
    platform: (platform) => `a version for ${en.choices.platform[platform]}`,
    age: (age) => `a release ${en.choices.age[age].toLowerCase()}`,
    onSale: 'a reduced price',
    reviews: (least) => `a minimum of ${plural(least, 'review', 'reviews')}`,
    positive: (least) => `a minimum of ${least} positive reviews`,
    sort: (sort) => `the order “${sort}”`,
    hideOwned: 'the hiding of what you own',
  },
  together: {
    leftOut: {
      'bad-steam-id': 'left out, since this is no Steam ID',
      'not-linked':
        'left out, since only members who have linked and proven their Steam account can be mentioned',
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
  taste: {
    head: (n) => `A taste read from ${games(n)}`,
    title: 'Taste in games',
    kind: { tag: 'Tags that stand out', genre: 'Genres' },
    played: 'share of playtime',
    owned: 'share of games',
    average: 'average player',
    bar: (share, average) => (average === undefined ? share : `${share} · avg ${average}`),
    spoken: (label, bars) => `${label}: ${bars.join(', ')}`,
    more: (labels) => `Far more than the average player: ${and(labels)}.`,
    counted: (known, all) => `Tags are known for ${count(known)} of ${games(all)}`,
  },
  page: {
    head: (about, n) => {
      switch (about.kind) {
        case 'recommend':
          return `${picks(n)} from ${games(about.gamesRead)}`
        case 'liked':
          return `${picks(n)} for those who like ${and(about.names)}`
        case 'similar':
          return `${picks(n)} like ${about.name}`
        case 'curate':
          return `${and(about.labels)}: ${games(n)}, ${SORTED[about.sort]}`
        case 'together':
          return `${picks(n)} for ${plural(about.players, 'player', 'players')} together`
        case 'digest':
          return `${picks(n)} of the week${about.labels.length === 0 ? '' : `: ${and(about.labels)}`}`
      }
    },
    shared: picks,
    libraryOf: (steamId) => `in the library of ${steamId}`,
    of: (page, pages) => `Page ${count(page)} of ${count(pages)}`,
    poweredBySteam: 'Powered by Steam',
    stale: (ago) => `Steam is not answering, so this is the library as it was ${ago}.`,
    playtimeHidden: 'Playtime is hidden, so only ownership counted.',
    away: 'The recommender is away, so these are well-reviewed games with similar tags.',
    noModel:
      'The recommender hasn’t learned from enough players yet, so these are well-reviewed games with similar tags.',
    unknownTaste:
      'The recommender knows too little about this, so these are well-reviewed games with similar tags.',
    because: (reasons) => {
      const shares = (liked: boolean) => and(named(reasons.filter((one) => (one.liked ?? false) === liked)))
      const parts = [shares(false) && `own ${shares(false)}`, shares(true) && `like ${shares(true)}`]
      return `Because you ${parts.filter(Boolean).join(', and ')}`
    },
    bothAre: (labels) => `Both are tagged ${and(labels)}`,
    samePlayers: 'Many players own both',
    sameStudio: 'By the same studio',
    unproven: 'None of what fits is well reviewed yet, so this is what there is.',
    notHidden: {
      'not-linked': (command) =>
        `Games you own may be among these: link your Steam account with ${command('link')}, so that I know them.`,
      unread: () => 'Your Steam library could not be read just now, so games you own may be among these.',
    },
    leftOut: (n) =>
      `${games(n)} ${n === 1 ? 'was' : 'were'} left out, because it is not known whether they fit.`,
    byTags: 'Its tags are similar, and it is well reviewed',
    owned: 'You own this',
    isNew: 'New: few players have it yet',
  },
}
