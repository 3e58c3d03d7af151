import { note } from '../../cards/cards.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { readCurrency } from '../../catalogue/currencies.ts'
import type { Found } from '../../catalogue/find-game.ts'
import { nameGames } from '../../catalogue/name-games.ts'
import type { RequestOf } from '../../command-request.ts'
import { kindOfPlace, type PlaceKey } from '../../ids.ts'
import { MAX_BLOCKED, type PlaceChange, type WithSettings } from '../../places/place.ts'
import type { Places } from '../../places/places.ts'
import type { Problem } from '../../problem.ts'
import type { Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'
import { explained } from '../answering.ts'
import { inLanguage, type StringsPorts, stringsFor } from '../strings-for.ts'
import { showSettings } from './show.ts'

export type SettingsPorts = StringsPorts & { readonly places: Places; readonly catalogue: Catalogue }

type Asked = WithSettings<RequestOf<'settings'>>

/** `/settings`: one's own language, and for those who manage a place what holds there; without options all in effect. */
export async function settings(ports: SettingsPorts, ask: Asked, strings: Strings): Promise<Reply> {
  if (isForPlace(ask)) return changePlace(ports, ask, strings)
  const { user, language } = ask
  if (language === undefined) return showSettings(ports, ask, strings)
  await ports.accounts.setLocale(user, language)
  const chosen = inLanguage(language, strings)
  return note('answer', chosen.settings.saved(chosen.language))
}

function isForPlace({ serverLanguage, currency, mature, block, unblock, channels }: Asked): boolean {
  const given = [serverLanguage, currency, mature, channels].some((value) => value !== undefined)
  return given || block.length + unblock.length > 0
}

/** Everything that was asked for, or nothing. */
async function changePlace(ports: SettingsPorts, ask: Asked, strings: Strings): Promise<Reply> {
  const place = managedBy(ask)
  if (typeof place === 'object') return explained(place, strings)
  const change = await readChange(ports, ask)
  if ('kind' in change) return explained(change, strings)
  const { user, language } = ask
  const own = language === undefined ? undefined : { user, locale: language }
  const saved = await ports.places.save({ place, change, own })
  if (saved === 'too-many-blocked') return explained({ kind: 'too-many-blocked', most: MAX_BLOCKED }, strings)
  const now = await stringsFor(ports, ask, saved)
  return showSettings(ports, { ...ask, settings: saved }, now, { saved: true })
}

/** The place, for those who may manage it. */
function managedBy({ place, manages }: Asked): PlaceKey | Problem {
  if (place === undefined) return { kind: 'no-place' }
  if (manages === 'place') return place
  const of = kindOfPlace(place)
  return manages === 'unknown' ? { kind: 'managers-unknown', of } : { kind: 'managers-only', of }
}

async function readChange({ catalogue, rates }: SettingsPorts, ask: Asked): Promise<PlaceChange | Problem> {
  const { serverLanguage, mature, channels, settings } = ask
  const currency = ask.currency && readCurrency(ask.currency, await rates.table())
  if (typeof currency === 'object') return currency
  const block = await nameGames(catalogue, ask.block)
  if ('kind' in block) return block
  const unblock = await nameGames(catalogue, ask.unblock, settings.blocked)
  if ('kind' in unblock) return unblock
  const numbers = (games: readonly Found[]) => games.map(({ game }) => game)
  return {
    ...{ locale: serverLanguage, currency, mature, channels },
    block: numbers(block),
    unblock: numbers(unblock),
  }
}
