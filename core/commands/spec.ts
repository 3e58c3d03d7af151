/**
 * The shape of a command. Its words (description, options' descriptions, names of choices) stand in the message files under
 * the same names, in every language.
 */
export type OptionSpec = {
  readonly name: string
  readonly required?: true
  readonly suggests?: Suggests
  /** For those alone who may manage the place where it is typed. */
  readonly managers?: true
} & (
  | { readonly type: 'text'; readonly maxLength: number }
  /** A Steam account in any of its forms. */
  | { readonly type: 'account'; readonly maxLength: number }
  /** Members by mention, or Steam IDs. */
  | { readonly type: 'players'; readonly maxLength: number }
  /** Whom a digest notifies. */
  | { readonly type: 'audience'; readonly maxLength: number }
  /** Channels of the place, by mention; `here`; or `all`. */
  | { readonly type: 'channels'; readonly maxLength: number }
  | { readonly type: 'integer' | 'number'; readonly min: number; readonly max: number }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'yes-no' }
)

export type CommandSpec = {
  readonly name: string
  readonly options: readonly OptionSpec[]
  /** Where bare words need no name: the option that takes them. */
  readonly bare: string | undefined
  /** The options that a typical example gives, the bare one first. */
  readonly example: readonly string[]
  /** Whether other apps use the name too: where apps share names, it is typed behind the app's own. */
  readonly generic: boolean
  /** For those alone who may manage the place, or the channel, where it is typed. */
  readonly managers?: true
}

export type Choice = { readonly name: string; readonly value: string }

/** What can be completed while it is typed: a list of genres, one game, a list of games, a currency, a time zone. */
export type Suggests = 'genre' | 'game' | 'games' | 'currency' | 'timezone'
