import { styleText } from 'node:util'

export type Welcome = {
  readonly url: string
  /** Whether a page waits at that address. */
  readonly playground: boolean
  readonly platforms: readonly string[]
  /** What waits for settings: a name, and what to set. */
  readonly waiting: readonly { readonly name: string; readonly set: string }[]
}

const NAME = 10

/** The last words of a start at a terminal: where it runs, and what to do next. */
export function renderWelcome({ url, playground, platforms, waiting }: Welcome): string {
  const line = (name: string, text: string) => `  ${styleText('bold', name.padEnd(NAME))}${text}`
  const steps = waiting.map(({ name, set }) => line(name, styleText('dim', `not set up yet: ${set}`)))
  return [
    `${styleText(['bold', 'green'], 'Indiescout is running.')} ${styleText('dim', 'Press Ctrl+C to stop it.')}`,
    '',
    ...(playground ? [line('Try it', styleText(['cyan', 'underline'], url))] : []),
    ...platforms.map((name) => line(name, 'connected')),
    ...steps,
    ...(waiting.length === 0 ? [] : ['', styleText('dim', HOW)]),
    '',
  ].join('\n')
}

const HOW = '  Settings go in a file named .env: copy .env.example. The README shows where to get each one.'
