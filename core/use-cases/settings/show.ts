import { note } from '../../cards/cards.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { RequestOf } from '../../command-request.ts'
import { kindOfPlace, type PlaceKey } from '../../ids.ts'
import type { PlaceSettings, WithSettings } from '../../places/place.ts'
import type { Block, Reply, RichText } from '../../reply.ts'
import { clip } from '../../strings/formats.ts'
import type { Strings } from '../../strings/language.ts'
import { channelList } from './elsewhere.ts'

/** So many blocked games are named, by as much of their names as tells them apart. */
const NAMED = 20
const SHOWN = 40

type Needs = { readonly catalogue: Pick<Catalogue, 'facts'> }

/** All that is in effect for whoever asks, and where they ask. */
export async function showSettings(
  { catalogue }: Needs,
  { place, settings }: WithSettings<RequestOf<'settings'>>,
  strings: Strings,
  { saved } = { saved: false },
): Promise<Reply> {
  const own = strings.settings.shown(strings.language, strings.command)
  if (place === undefined) return note('answer', own)
  const head = saved ? strings.settings.savedHere : strings.settings.head(kindOfPlace(place))
  return {
    ...note('answer', head),
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      line([own]),
      ...linesOn(place, settings, strings),
      line(await blockedGames(catalogue, settings, strings)),
      { kind: 'hint', text: [strings.settings.howTo(strings.command('settings'), kindOfPlace(place))] },
    ],
  }
}

function linesOn(
  place: PlaceKey,
  { locale, currency, mature, channels }: PlaceSettings,
  strings: Strings,
): Block[] {
  const { settings, choices } = strings
  const kind = kindOfPlace(place)
  return [
    line([settings.placeLanguage(locale && choices.server_language[locale], kind)]),
    line([settings.currency(currency, currency === strings.prices.currency)]),
    line([settings.mature[mature ? kind : 'nowhere']]),
    line(
      channels.length === 0
        ? [settings.anywhere]
        : [`${settings.onlyIn} `, ...channelList(channels, strings)],
    ),
  ]
}

/** As `unblock` takes them: by name, and those that the catalogue no longer knows by number. */
async function blockedGames(
  catalogue: Pick<Catalogue, 'facts'>,
  { blocked }: PlaceSettings,
  { settings, locale }: Strings,
): Promise<RichText> {
  if (blocked.length === 0) return [settings.noneBlocked]
  const facts = await catalogue.facts(blocked)
  const names = blocked
    .map((game) => clip(facts.get(game)?.name ?? String(game), SHOWN))
    .sort(new Intl.Collator(locale, { numeric: true }).compare)
  const more = names.length - NAMED
  const list = names.slice(0, NAMED).join('; ')
  return [`${settings.blocked(blocked.length)} ${list}${more > 0 ? ` ${settings.more(more)}` : ''}`]
}

function line(text: RichText): Block {
  return { kind: 'text', text: ['• ', ...text] }
}
