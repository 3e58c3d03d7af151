import { note } from '../../cards/cards.ts'
import type { Requester } from '../../command-request.ts'
import type { PlaceKey } from '../../ids.ts'
import type { Libraries } from '../../players/library.ts'
import type { Records } from '../../players/records.ts'
import type { Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'

export type ExportPorts = { readonly records: Records; readonly now: () => Date }
export type ForgetPorts = { readonly records: Records; readonly libraries: Libraries }

/** `/export`: everything, as a file that can be read without us. */
export async function exportAll(
  { records, now }: ExportPorts,
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
export async function forget(ports: ForgetPorts, { user }: Requester, { privacy }: Strings): Promise<Reply> {
  for (const steamId of await ports.records.forget(user)) ports.libraries.forget(steamId)
  return note('answer', privacy.forgotten)
}

/** The app was removed from a server or workspace. */
export async function forgetPlace(ports: ForgetPorts, place: PlaceKey): Promise<void> {
  for (const steamId of await ports.records.forgetPlace(place)) ports.libraries.forget(steamId)
}
