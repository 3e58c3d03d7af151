import type { Topic } from '../language.ts'

const STEAM_ID = 'Steam ID, profile link, custom name or friend code'

const COUNT = 'Number of games (1–20, default 10)'

const GENRE = 'Only games with this genre, tag or category; separate several with commas'

const MAX_PRICE = 'Highest price, in the currency set here (default: US dollars); 0 for free games'

const PLATFORM = 'Only games for this platform'

const LANGUAGE = 'Only games in this language, such as Korean'

const EXCLUDE = 'No games with this genre, tag or category; separate several with commas'

const ON_DIGEST = { number: 'Number of the digest in the list (default: the one in this channel)' }

export const commands: Topic<'commands' | 'groups' | 'choices'> = {
  commands: {
    recommend: {
      description: 'Indie games picked from what a player owns on Steam',
      options: {
        steam_id: `${STEAM_ID} (default: your linked account)`,
        like: 'Up to three games you like, separated by ; (instead of a Steam ID)',
        genre: GENRE,
        exclude: EXCLUDE,
        max_price: MAX_PRICE,
        discovery: 'From what everybody plays to hidden gems',
        age: 'How old a game may be',
        on_sale: 'Only games on sale',
        platform: PLATFORM,
        language: LANGUAGE,
        count: COUNT,
      },
    },
    curate: {
      description: 'The best indie games of a genre, tag or category',
      options: {
        genre: 'Genre, tag or category; with several, separated by commas, all must match',
        exclude: EXCLUDE,
        max_price: MAX_PRICE,
        platform: PLATFORM,
        language: LANGUAGE,
        min_reviews: 'Only games with at least this many reviews',
        min_positive: 'Only games with at least this share of positive reviews, in percent',
        sort: 'Order of the list (default: best received)',
        hide_owned: 'Hide games your linked account owns',
        count: COUNT,
      },
    },
    similar: {
      description: 'Indie games like one you know',
      options: { game: 'Name of a game', count: COUNT },
    },
    together: {
      description: 'Indie games for up to eight players that none of them owns',
      options: { players: 'Steam IDs or mentions of linked members, separated by spaces', count: COUNT },
    },
    taste: {
      description: 'Chart of what a player likes',
      options: { steam_id: `${STEAM_ID} (default: your linked account)` },
    },
    link: {
      description: 'Link your Steam account, so you don’t have to type it again',
      options: { steam_id: STEAM_ID },
    },
    unlink: { description: 'Unlink your Steam account', options: {} },
    privacy: {
      description: 'What’s stored about you, and why',
      options: {
        community: 'Let your games count, without your name, for this community’s digests',
        training: 'Let the recommender learn from your games and ratings, without your name',
      },
    },
    export: { description: 'Download everything stored about you', options: {} },
    'forget-me': { description: 'Delete everything stored about you', options: {} },
    settings: {
      description: 'Your language, and the settings of this community',
      options: {
        language: 'Language of your answers',
        server_language: 'For managers: default language here',
        currency: 'For managers: currency of prices here, such as KRW, or none',
        mature: 'For managers: show mature games here',
        block: 'For managers: games to hide here, by name or store link, separated by ;',
        unblock: 'For managers: games to show again, separated by ;',
        channels: 'For managers: channels for commands, such as #one #two, here or all',
      },
    },
    help: { description: 'Show all commands', options: { command: 'Command to explain, such as curate' } },
    'digest subscribe': {
      description: 'Post a digest to this channel every week',
      options: {
        day: 'Day of the week (default: Monday)',
        time: 'Time of day, such as 18:00 (default: 18:00)',
        timezone: 'Time zone, such as Asia/Seoul',
        genre: GENRE,
        count: 'Number of games (1–10, default 5)',
        language: 'Language of the digest (default: yours)',
        mention: 'Who to notify: @here, @everyone or a role',
      },
    },
    'digest list': { description: 'List the digests here and how they went', options: {} },
    'digest preview': { description: 'Preview the digest, visible only to you', options: ON_DIGEST },
    'digest now': { description: 'Post the digest now', options: ON_DIGEST },
    'digest pause': { description: 'Pause a digest until you resume it', options: ON_DIGEST },
    'digest resume': { description: 'Resume a paused digest', options: ON_DIGEST },
    'digest remove': { description: 'Remove a digest', options: ON_DIGEST },
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
      all: 'Any age',
      'five-years': 'Last five years',
      'two-years': 'Last two years',
      'this-year': 'This year',
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
}
