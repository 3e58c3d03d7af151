import type { CommandBody } from './command-rules.ts'
import type { Options } from './payloads.ts'

type Picked = { readonly name: string; readonly options: Options; readonly focused: string | undefined }

/**
 * What a client sends for what its user picked: the default names, whatever its list calls them in its language. A name
 * that its list does not hold goes as it was typed.
 */
export function asSent(commands: readonly CommandBody[], locale: string, picked: Picked): Picked {
  const command = commands.find((each) => isCalled(each, picked.name, locale))
  const sent = (shown: string) =>
    command?.options?.find((option) => isCalled(option, shown, locale))?.name ?? shown
  return {
    name: command?.name ?? picked.name,
    options: Object.fromEntries(Object.entries(picked.options).map(([shown, value]) => [sent(shown), value])),
    focused: picked.focused === undefined ? undefined : sent(picked.focused),
  }
}

type Named = Pick<CommandBody, 'name' | 'name_localizations'>

function isCalled({ name, name_localizations }: Named, shown: string, locale: string): boolean {
  return (name_localizations?.[locale] ?? name) === shown
}
