import type { Examples } from '../catalogue/examples.ts'
import type { ExampleWanted } from '../commands/example.ts'
import type { PlaceKind } from '../ids.ts'

/** What can be shown of commands in a sentence, beside how they are typed. */
export type Shown = {
  /** As it can be typed, and works on what is loaded; undefined where nothing does. */
  readonly example: (wanted: ExampleWanted) => string | undefined
  readonly examples: Examples
  /** What the reader’s platform calls a community. */
  readonly placeKind: PlaceKind
}
