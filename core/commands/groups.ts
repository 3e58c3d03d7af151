import { COMMANDS, type CommandName } from './catalogue.ts'

/** The first word of commands that stand together, such as `digest` of `digest list`. */
export type GroupName = CommandName extends infer N ? (N extends `${infer G} ${string}` ? G : never) : never

export type Command = (typeof COMMANDS)[number]

/** A command by itself, or a group of them in the order of the catalogue. */
export type Entry = { readonly kind: 'command'; readonly command: Command } | Group

export type Group = {
  readonly kind: 'group'
  readonly name: GroupName
  readonly members: readonly Command[]
}

/** The catalogue as people see it: one entry for each first word. */
export const ENTRIES: readonly Entry[] = [...Map.groupBy(COMMANDS, ({ name }) => firstWord(name))].map(
  ([first, members]): Entry => {
    const [command] = members
    return command?.name === first
      ? { kind: 'command', command }
      : { kind: 'group', name: first as GroupName, members }
  },
)

export function findGroup(name: string): Group | undefined {
  return ENTRIES.filter((entry) => entry.kind === 'group').find((group) => group.name === name)
}

/** What a command is called behind its group: `list` of `digest list`. */
export function nameInGroup({ name }: Command): string {
  return name.slice(firstWord(name).length).trim()
}

function firstWord(name: string): string {
  return name.split(' ')[0] ?? name
}
