import { note } from '../cards/cards.ts'
import type { Requester } from '../command-request.ts'
import type { PlaceKey } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'

/** `/export`: everything, as a file that can be read without us. */
export async function exportAll(
  { records, now }: Ports,
  { user }: Requester,
  strings: Strings,
): Promise<Reply> {
  const all = { exportedAt: now().toISOString(), user, ...(await records.export(user)) }
  return {
    ...note('answer', strings.privacy.exported),
    attachments: [{ kind: 'file', name: 'indiescout.json', text: JSON.stringify(all, null, 2) }],
  }
}

/** `/forget-me` asks once. */
export function askToForget({ privacy, command }: Strings): Reply {
  const button = { label: privacy.forget, action: { verb: 'forget' }, disabled: false } as const
  return note('answer', privacy.forgetAsk(command), [button])
}

/** The button under it: whoever presses it means themselves. */
export async function forget(ports: Ports, { user }: Requester, { privacy }: Strings): Promise<Reply> {
  for (const steamId of await ports.records.forget(user)) ports.libraries.forget(steamId)
  return note('answer', privacy.forgotten)
}

/** The app was removed from a server or workspace. */
export async function forgetPlace(ports: Ports, place: PlaceKey): Promise<void> {
  for (const steamId of await ports.records.forgetPlace(place)) ports.libraries.forget(steamId)
}
