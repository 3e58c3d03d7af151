import type { CommandName } from './catalogue.ts'

/** Which example is asked for: a typical one of the command, or one that shows how an option is given. */
export type ExampleWanted = { readonly command: CommandName; readonly option?: string | undefined }
