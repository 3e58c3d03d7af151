import type { Ask, Asker, Speaker } from './command-request.ts'
import type { Choice, Suggests } from './commands/spec.ts'
import type { PlaceKey } from './ids.ts'
import { isUsedIn, type PlaceSettings, UNSET, type Within } from './places/place.ts'
import type { Ports } from './ports.ts'
import type { Reply } from './reply.ts'
import type { Words } from './strings/language.ts'
import { wordsIn } from './strings/strings.ts'
import { link, unlink } from './use-cases/account.ts'
import { explained } from './use-cases/answering.ts'
import { curate } from './use-cases/curate.ts'
import { digest } from './use-cases/digest/digest.ts'
import { elsewhere } from './use-cases/elsewhere.ts'
import { help } from './use-cases/help.ts'
import { askToForget, exportAll, forgetPlace } from './use-cases/own-data.ts'
import { press } from './use-cases/press.ts'
import { privacy } from './use-cases/privacy.ts'
import { recommend } from './use-cases/recommend.ts'
import { settings } from './use-cases/settings.ts'
import { release } from './use-cases/share.ts'
import { similar } from './use-cases/similar.ts'
import { commandsFor, wordsFor } from './use-cases/strings-for.ts'
import { suggest } from './use-cases/suggest.ts'
import { taste } from './use-cases/taste.ts'
import { together } from './use-cases/together.ts'

export function createApp(ports: Ports): App {
  return {
    ask: (ask) => answer(ports, ask),
    words: (speaker) =>
      wordsFor(ports, speaker, settingsOf(ports, speaker)).catch(() =>
        wordsIn(speaker.locale, commandsFor(speaker)),
      ),
    suggest: (what, typed) => suggest(ports, what, typed),
    async undelivered({ buttons }) {
      for (const { action } of buttons) await release(ports, action)
    },
    async withdrawn(ask) {
      if (ask.kind === 'press') await release(ports, ask.action)
    },
    removed: (place) => forgetPlace(ports, place),
  }
}

/** What is stored is needed for all but the help and what was mistyped: without it nobody knows what a place forbids. */
async function answer(ports: Ports, ask: Ask): Promise<Reply> {
  const settings = settingsOf(ports, ask)
  const words = await wordsFor(ports, ask, settings)
  if (ask.kind === 'help') return help(words, ask.command)
  if (ask.kind === 'unclear') return explained(ask.problem, words)
  return answerWithin(ports, { ...ask, settings: await settings }, words)
}

async function settingsOf({ places }: Ports, { place }: Pick<Asker, 'place'>): Promise<PlaceSettings> {
  return place === undefined ? UNSET : places.settings(place)
}

type Kind = Exclude<Ask['kind'], 'help' | 'unclear'>
type Stored = Extract<Ask, { kind: Kind }>

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

async function answerWithin(ports: Ports, ask: Within<Stored>, words: Words): Promise<Reply> {
  if (!EVERYWHERE.has(ask.kind) && !isUsedIn(ask)) return elsewhere(ask.settings.channels, words)
  switch (ask.kind) {
    case 'recommend':
      return recommend(ports, ask, words)
    case 'curate':
      return curate(ports, ask, words)
    case 'similar':
      return similar(ports, ask, words)
    case 'digest':
      return digest({ ...ports, ...ports.digests }, ask, words)
    case 'press':
      return press(ports, ask, words)
    case 'link':
      return link(ports, ask, words)
    case 'unlink':
      return unlink(ports, ask, words)
    case 'privacy':
      return privacy(ports, ask, words)
    case 'export':
      return exportAll(ports, ask, words)
    case 'forget-me':
      return askToForget(words)
    case 'settings':
      return settings(ports, ask, words)
    case 'together':
      return together(ports, ask, words)
    case 'taste':
      return taste(ports, ask, words)
  }
}

/** The one door into the core. */
export interface App {
  ask(ask: Ask): Promise<Reply>
  /** The language of somebody: their own setting, else their platform's word, else the place's default. Never fails. */
  words(speaker: Speaker): Promise<Words>
  /** Suggestions while somebody types an option; at most 25, and empty rather than an error. */
  suggest(what: Suggests, typed: string): Promise<readonly Choice[]>
  /** The platform could not deliver a reply that was to be posted for everybody: the share may be tried again. */
  undelivered(reply: Reply): Promise<void>
  /** The message that this press takes back is gone: what it showed may be shared again. */
  withdrawn(ask: Ask): Promise<void>
  /** The app was removed from a server or workspace: whatever was stored for it there goes. */
  removed(place: PlaceKey): Promise<void>
}
