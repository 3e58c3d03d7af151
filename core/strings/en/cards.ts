import type { NamedReason } from '../../recommend/answers.ts'
import type { Topic } from '../language.ts'
import { and, count, games, percent, picks, plural } from './text.ts'

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

export const cards: Topic<'buttons' | 'why' | 'facts' | 'taste' | 'page'> = {
  buttons: {
    back: '◀ Previous',
    on: 'Next ▶',
    share: '📣 Share',
    shareGame: '📣 Share this game',
    takeBack: '🗑 Unshare',
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
      'The percentages show how much each game contributes to this pick. The rest comes from your other games, each with a smaller share.',
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
  taste: {
    head: (n) => `Taste based on ${games(n)}`,
    title: 'Game taste',
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
          return `${picks(n)} for fans of ${and(about.names)}`
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
    stale: (ago) => `Steam isn’t answering, so this uses the library from ${ago}.`,
    playtimeHidden: 'Playtime is hidden, so all games count the same.',
    away: 'The recommender is offline right now; these are well-reviewed games with similar tags.',
    noModel:
      'The recommender hasn’t learned from enough players yet; these are well-reviewed games with similar tags.',
    unknownTaste:
      'The recommender doesn’t know these games well enough yet; these are well-reviewed games with similar tags.',
    because: (reasons) => {
      const shares = (liked: boolean) => and(named(reasons.filter((one) => (one.liked ?? false) === liked)))
      const parts = [shares(false) && `own ${shares(false)}`, shares(true) && `like ${shares(true)}`]
      return `Because you ${parts.filter(Boolean).join(', and ')}`
    },
    bothAre: (labels) => `Both are tagged ${and(labels)}`,
    samePlayers: 'Many players own both',
    sameStudio: 'By the same studio',
    unproven: 'Nothing that matches is well reviewed yet. Here’s what there is.',
    notHidden: {
      'not-linked': (command) =>
        `Some of these may be games you own. Link your Steam account with ${command('link')} to hide them.`,
      unread: () => 'I couldn’t read your Steam library just now, so some of these may be games you own.',
    },
    leftOut: (n) =>
      `${games(n)} ${n === 1 ? 'was' : 'were'} left out because I don’t know whether they match.`,
    byTags: 'Similar tags and well reviewed',
    owned: 'You own this',
    isNew: 'New: few players own it yet',
  },
}
