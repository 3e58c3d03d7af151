import type { App, Ask, Asker } from './ask.ts'
import { spellingFor } from './commands/spelling.ts'
import type { Ports } from './ports.ts'
import type { Reply } from './reply.ts'
import { suggest } from './suggest.ts'
import { Unavailable } from './unavailable.ts'
import { link, unlink } from './use-cases/account.ts'
import { explained } from './use-cases/answering.ts'
import { curate } from './use-cases/curate.ts'
import { help } from './use-cases/help.ts'
import { askToForget, exportAll, forgetPlace, privacy } from './use-cases/own-data.ts'
import { press } from './use-cases/press.ts'
import { recommend } from './use-cases/recommend.ts'
import { settings } from './use-cases/settings.ts'
import { release } from './use-cases/share.ts'
import { similar } from './use-cases/similar.ts'
import { taste } from './use-cases/taste.ts'
import { together } from './use-cases/together.ts'
import { type Words, wordsIn } from './words/words.ts'

export function createApp(ports: Ports): App {
  return {
    ask: async (ask) => answer(ports, ask, await wordsFor(ports, ask)),
    words: (asker) => wordsFor(ports, asker).catch(() => wordsIn(asker.locale, spellingFor(asker))),
    suggest: (what, typed) => suggest(ports.catalogue, what, typed),
    async undelivered({ buttons }) {
      for (const { action } of buttons) await release(ports, action)
    },
    async withdrawn(ask) {
      if (ask.kind === 'press') await release(ports, ask.action)
    },
    removed: (place) => forgetPlace(ports, place),
  }
}

/** A language is no reason to give no answer: without the database the platform's word counts. */
async function wordsFor({ accounts }: Ports, asker: Pick<Asker, 'user' | 'locale'>): Promise<Words> {
  const chosen = await accounts.locale(asker.user).catch((error: unknown) => {
    if (error instanceof Unavailable) return undefined
    throw error
  })
  return wordsIn(chosen ?? asker.locale, spellingFor(asker))
}

async function answer(ports: Ports, ask: Ask, words: Words): Promise<Reply> {
  switch (ask.kind) {
    case 'recommend':
      return recommend(ports, ask, words)
    case 'curate':
      return curate(ports, ask, words)
    case 'similar':
      return similar(ports, ask, words)
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
    case 'help':
      return help(words)
    case 'together':
      return together(ports, ask, words)
    case 'taste':
      return taste(ports, ask, words)
    case 'unclear':
      return explained(ask.problem, words)
  }
}
