import type { CommandRequest, Requester, Speaker } from './command-request.ts'
import type { Choice, Suggests } from './commands/spec.ts'
import type { PlaceKey } from './ids.ts'
import { isUsedIn, type PlaceSettings, UNSET, type WithSettings } from './places/place.ts'
import type { Places } from './places/places.ts'
import type { Reply } from './reply.ts'
import type { Strings } from './strings/language.ts'
import { stringsIn } from './strings/strings.ts'
import { type LinkPorts, link, unlink } from './use-cases/account/link.ts'
import { askToForget, exportAll, forgetPlace } from './use-cases/account/own-data.ts'
import { type PrivacyPorts, privacy } from './use-cases/account/privacy.ts'
import { explained } from './use-cases/answering.ts'
import { type CuratePorts, curate } from './use-cases/curate.ts'
import { digest } from './use-cases/digest/digest.ts'
import type { Digests } from './use-cases/digest/digests.ts'
import { help } from './use-cases/help.ts'
import { type PressPorts, press } from './use-cases/press.ts'
import { type RecommendPorts, recommend } from './use-cases/recommend.ts'
import { elsewhere } from './use-cases/settings/elsewhere.ts'
import { type SettingsPorts, settings } from './use-cases/settings/settings.ts'
import { release } from './use-cases/share.ts'
import { similar } from './use-cases/similar.ts'
import { stringsFor } from './use-cases/strings-for.ts'
import { type SuggestPorts, suggest } from './use-cases/suggest.ts'
import { type TastePorts, taste } from './use-cases/taste.ts'
import { type TogetherPorts, together } from './use-cases/together.ts'

/** What the use cases ask for, all together: each knows its own part alone. */
export type AppPorts = CuratePorts &
  LinkPorts &
  PressPorts &
  PrivacyPorts &
  RecommendPorts &
  SettingsPorts &
  SuggestPorts &
  TastePorts &
  TogetherPorts & { readonly digests: Digests }

export function createApp(ports: AppPorts): App {
  return {
    handle: (request) => answer(ports, request),
    strings: (speaker) =>
      stringsFor(ports, speaker, settingsOf(ports, speaker)).catch(() =>
        stringsIn(speaker.locale, ports.formatterFor(speaker)),
      ),
    suggest: (what, typed) => suggest(ports, what, typed),
    async undelivered({ buttons }) {
      for (const { action } of buttons) await release(ports, action)
    },
    async withdrawn(request) {
      if (request.kind === 'press') await release(ports, request.action)
    },
    removed: (place) => forgetPlace(ports, place),
  }
}

/** What is stored is needed for all but the help and what was mistyped: without it nobody knows what a place forbids. */
async function answer(ports: AppPorts, request: CommandRequest): Promise<Reply> {
  const settings = settingsOf(ports, request)
  const strings = await stringsFor(ports, request, settings)
  if (request.kind === 'help') return help(strings, request.command)
  if (request.kind === 'unclear') return explained(request.problem, strings)
  return answerWithin(ports, { ...request, settings: await settings }, strings)
}

async function settingsOf(
  { places }: { readonly places: Pick<Places, 'settings'> },
  { place }: Pick<Requester, 'place'>,
): Promise<PlaceSettings> {
  return place === undefined ? UNSET : places.settings(place)
}

type Kind = Exclude<CommandRequest['kind'], 'help' | 'unclear'>
type Stored = Extract<CommandRequest, { kind: Kind }>

/** One's own matters are settled everywhere, and a button works where it stands. */
const EVERYWHERE: ReadonlySet<Kind> = new Set([
  'settings',
  'privacy',
  'export',
  'forget-me',
  'link',
  'unlink',
  'press',
])

async function answerWithin(
  ports: AppPorts,
  request: WithSettings<Stored>,
  strings: Strings,
): Promise<Reply> {
  if (!EVERYWHERE.has(request.kind) && !isUsedIn(request))
    return elsewhere(request.settings.channels, strings)
  switch (request.kind) {
    case 'recommend':
      return recommend(ports, request, strings)
    case 'curate':
      return curate(ports, request, strings)
    case 'similar':
      return similar(ports, request, strings)
    case 'digest':
      return digest({ ...ports, ...ports.digests }, request, strings)
    case 'press':
      return press(ports, request, strings)
    case 'link':
      return link(ports, request, strings)
    case 'unlink':
      return unlink(ports, request, strings)
    case 'privacy':
      return privacy(ports, request, strings)
    case 'export':
      return exportAll(ports, request, strings)
    case 'forget-me':
      return askToForget(strings)
    case 'settings':
      return settings(ports, request, strings)
    case 'together':
      return together(ports, request, strings)
    case 'taste':
      return taste(ports, request, strings)
  }
}

/** The one door into the core. */
export interface App {
  handle(ask: CommandRequest): Promise<Reply>
  /** The language of somebody: their own setting, else their platform's word, else the place's default. Never fails. */
  strings(speaker: Speaker): Promise<Strings>
  /** Suggestions while somebody types an option; at most 25, and empty rather than an error. */
  suggest(what: Suggests, typed: string): Promise<readonly Choice[]>
  /** The platform could not deliver a reply that was to be posted for everybody: the share may be tried again. */
  undelivered(reply: Reply): Promise<void>
  /** The message that this press takes back is gone: what it showed may be shared again. */
  withdrawn(ask: CommandRequest): Promise<void>
  /** The app was removed from a server or workspace: whatever was stored for it there goes. */
  removed(place: PlaceKey): Promise<void>
}
