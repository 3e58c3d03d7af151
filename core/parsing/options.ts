import type { GroupPlayer } from '../command-request.ts'
import type { CommandName, OptionsOf } from '../commands/catalogue.ts'
import type { OptionSpec } from '../commands/spec.ts'
import type { ChannelKey } from '../ids.ts'
import type { TypedAccount } from '../players/library.ts'
import type { Mention } from '../reply.ts'
import type { TypedPrice } from './read-price.ts'

/** What each type of option is read as. */
type Meanings = {
  readonly text: string
  readonly account: TypedAccount
  readonly players: readonly GroupPlayer[]
  readonly audience: Mention
  readonly channels: readonly ChannelKey[]
  readonly integer: number
  readonly number: TypedPrice
  readonly 'yes-no': boolean
}

/** What an option means by its specification; a choice is one of its own. */
type MeaningOf<O extends OptionSpec> = O extends { readonly choices: readonly (infer C)[] }
  ? C
  : O extends { readonly type: keyof Meanings }
    ? Meanings[O['type']]
    : never

/** What any option may mean. */
export type Meaning = Meanings[keyof Meanings] | undefined

/** The options of a command as they were read, each of the type that its specification gives. */
export type Options<N extends CommandName> = {
  readonly [O in OptionsOf<N> as O['name']]: O extends { readonly required: true }
    ? MeaningOf<O>
    : MeaningOf<O> | undefined
}
