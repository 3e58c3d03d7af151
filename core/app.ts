import type { App, Ask, Choice, Suggests } from './ask.ts'
import type { Ports } from './ports.ts'
import type { Reply } from './reply.ts'
import { press } from './use-cases/press.ts'
import { recommend } from './use-cases/recommend.ts'
import { type Words, wordsIn } from './words/words.ts'

/** Discord shows at most 25 choices; Slack has no completion. */
const MAX_CHOICES = 25

export function createApp(ports: Ports): App {
  return {
    async ask(ask) {
      const locale = (await ports.accounts.locale(ask.user)) ?? ask.locale
      return answer(ports, ask, wordsIn(locale))
    },
    suggest: (what, typed) => suggest(ports, what, typed),
    async undelivered(ask) {
      if (ask.kind === 'press' && ask.action.verb === 'share')
        await ports.answers.releaseShare(ask.action.answer)
    },
    async removed() {},
  }
}

async function answer(ports: Ports, ask: Ask, words: Words): Promise<Reply> {
  switch (ask.kind) {
    case 'recommend':
      return recommend(ports, ask, words)
    case 'press':
      return press(ports, ask, words)
    case 'curate':
    case 'similar':
    case 'together':
    case 'taste':
    case 'link':
    case 'unlink':
    case 'privacy':
    case 'export':
    case 'forget-me':
    case 'settings':
    case 'help':
      throw new Error(`/${ask.kind} is answered by nobody yet`)
  }
}

async function suggest({ catalogue }: Ports, what: Suggests, typed: string): Promise<readonly Choice[]> {
  switch (what) {
    case 'genre': {
      const labels = await catalogue.labels(typed, MAX_CHOICES)
      return labels.map(({ name, games }) => ({ name: `${name} (${games})`, value: name }))
    }
    case 'game': {
      const games = await catalogue.games(typed, MAX_CHOICES)
      return games.map(({ name }) => ({ name, value: name }))
    }
  }
}
