import { note } from '../../cards/cards.ts'
import type { FormatterFor } from '../../commands/formatter.ts'
import type { Poster, TellPaused } from '../../digest/poster.ts'
import type { Subscription } from '../../digest/subscription.ts'
import type { Accounts } from '../../players/accounts.ts'
import { stringsIn } from '../../strings/strings.ts'

type Needs = {
  readonly accounts: Pick<Accounts, 'locale'>
  readonly formatterFor: FormatterFor
  /** Of the subscription's platform; undefined where it does not run here. */
  readonly posterFor: (subscription: Subscription) => Pick<Poster, 'tell'> | undefined
}

/** By direct message, in the language that its maker chose, else in the digest's own. */
export function createTellPaused({ accounts, formatterFor, posterFor }: Needs): TellPaused {
  return async (subscription, why) => {
    const { createdBy: user, number, channel, locale } = subscription
    const poster = posterFor(subscription)
    if (user === undefined || !poster) return false
    const strings = stringsIn((await accounts.locale(user)) ?? locale, formatterFor({ user }))
    const sentence = strings.subscriptions.pausedNow(number, why, strings.command)
    return poster.tell(user, {
      ...note('answer', sentence),
      blocks: [{ kind: 'text', text: [{ channel }, ' · ', sentence] }],
    })
  }
}
