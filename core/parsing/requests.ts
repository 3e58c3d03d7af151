import type { Player, RequestBody } from '../command-request.ts'
import { type CommandName, DEFAULT_COUNT } from '../commands/catalogue.ts'
import { DEFAULT_DIGEST_COUNT } from '../commands/digest-commands.ts'
import { ANYTHING, type FilterInput } from '../commands/filter-input.ts'
import type { OnOne } from '../digest/request.ts'
import { readExcluded, readLabels, readNames, splitLabels } from './lists.ts'
import type { Options } from './options.ts'

/** What each command asks for, by its options. */
export const REQUESTS: { readonly [N in CommandName]: (options: Options<N>) => RequestBody } = {
  recommend: (options) => ({
    kind: 'recommend',
    player: playerOf(options),
    filterInput: {
      ...filterInputOf(options),
      age: options.age ?? 'all',
      onSale: options.on_sale === true,
    },
    discovery: options.discovery ?? 'balanced',
    count: options.count ?? DEFAULT_COUNT,
  }),
  curate: (options) => ({
    kind: 'curate',
    filterInput: {
      ...filterInputOf(options),
      minReviews: options.min_reviews,
      minPositive: options.min_positive,
    },
    sort: options.sort ?? 'acclaimed',
    hideOwned: options.hide_owned === true,
    count: options.count ?? DEFAULT_COUNT,
  }),
  similar: ({ game, count }) => ({ kind: 'similar', game, count: count ?? DEFAULT_COUNT }),
  together: ({ players, count }) => ({ kind: 'together', players, count: count ?? DEFAULT_COUNT }),
  taste: (options) => ({ kind: 'taste', player: playerOf(options) }),
  link: ({ steam_id }) => ({ kind: 'link', ...steam_id }),
  unlink: () => ({ kind: 'unlink' }),
  privacy: ({ community, training }) => ({ kind: 'privacy', community, training }),
  export: () => ({ kind: 'export' }),
  'forget-me': () => ({ kind: 'forget-me' }),
  settings: ({ server_language, block, unblock, ...options }) => ({
    ...options,
    kind: 'settings',
    serverLanguage: server_language,
    block: readNames(block),
    unblock: readNames(unblock),
  }),
  help: ({ command }) => ({ kind: 'help', command }),
  'digest subscribe': ({ day, time, timezone, genre, count, language, mention }) => ({
    kind: 'digest',
    request: {
      verb: 'subscribe',
      weekday: day ?? 'monday',
      time: time ?? '18:00',
      timezone,
      genres: splitLabels(genre),
      count: count ?? DEFAULT_DIGEST_COUNT,
      language,
      call: mention,
    },
  }),
  'digest list': () => ({ kind: 'digest', request: { verb: 'list' } }),
  'digest preview': onOne('preview'),
  'digest now': onOne('now'),
  'digest pause': onOne('pause'),
  'digest resume': onOne('resume'),
  'digest remove': onOne('remove'),
}

function onOne(verb: OnOne): (options: { readonly number: number | undefined }) => RequestBody {
  return ({ number }) => ({ kind: 'digest', request: { verb, number } })
}

type PlayerOptions = Pick<Options<'recommend'>, 'steam_id'> & Partial<Pick<Options<'recommend'>, 'like'>>

/** Games that were named come before a Steam ID: whoever names them wants them to count. */
function playerOf({ like, steam_id }: PlayerOptions): Player {
  const names = readNames(like)
  if (names.length > 0) return { kind: 'liked', names }
  return steam_id === undefined ? { kind: 'linked' } : { kind: 'steam', ...steam_id }
}

type FilterOptions = Pick<Options<'recommend'>, 'genre' | 'exclude' | 'max_price' | 'platform' | 'language'>

function filterInputOf({ genre, exclude, max_price, platform, language }: FilterOptions): FilterInput {
  const { wanted, excluded } = readLabels(genre)
  return {
    ...ANYTHING,
    genres: wanted,
    exclude: [...new Set([...excluded, ...readExcluded(exclude)])],
    maxPrice: max_price?.amount,
    priceSign: max_price?.sign,
    language,
    platform,
  }
}
