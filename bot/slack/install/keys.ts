import { z } from 'zod'

const keySchema = z.string().regex(/^slack:[A-Z0-9]{1,32}\.[A-Z0-9]{1,32}$/)

/** A workspace, and a channel or person in it. Throws a `ZodError` for what is none of Slack's. */
export function placeOf(key: string): { readonly team: string; readonly id: string } {
  const [team = '', id = ''] = keySchema.parse(key).slice('slack:'.length).split('.')
  return { team, id }
}

/** The workspace of a person or a channel, whatever it is that Slack has sent. */
export function teamOf(key: string): string {
  return key.slice('slack:'.length, key.lastIndexOf('.'))
}
