import type { Topic } from '../language.ts'

const STEAM_ID = 'Steam ID, profile link, custom name or friend code'

const COUNT = 'How many games, 1 to 20; 10 unless told'

const GENRE = 'Only games of this genre, tag or category; several with commas'

const MAX_PRICE = 'The most a game may cost, in the currency set here (else US dollars); 0 shows free games'

const PLATFORM = 'Only games known to run on it'

const LANGUAGE = 'Only games known to support it, such as Korean'

const EXCLUDE = 'No games of this genre, tag or category; several with commas'

const ON_DIGEST = { number: 'Which one, by its number in the list; the one of this channel unless told' }

export const commands: Topic<'commands' | 'groups' | 'choices'> = {
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
}
