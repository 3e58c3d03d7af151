import type { Catalogue } from '../catalogue/catalogue.ts'
import { isTitle, numberInAddress } from '../catalogue/find-game.ts'
import type { Player } from '../command-request.ts'
import type { SteamTarget } from '../players/library.ts'
import type { Reply } from '../reply.ts'
import type { Strings } from '../strings/language.ts'
import { withNotes } from './answering.ts'

/** Who was named where a Steam ID is expected. */
type Named = { readonly typed: string; readonly target: SteamTarget | undefined }

/** How to ask for the game or tag whose name, or store page, was typed where a Steam ID is expected: one way at most. */
export async function otherMeaning(
  catalogue: Catalogue,
  { typed, target }: Named,
  { command }: Strings,
): Promise<string[]> {
  const page = numberInAddress(typed)
  if (page !== undefined) return [command('recommend', { like: String(page) })]
  if (target?.kind === 'id' || typed.includes('/')) return []
  const label = await catalogue.label(typed)
  if (label) return [command('recommend', { genre: label.name })]
  return (await isTitle(catalogue, typed)) ? [command('recommend', { like: typed })] : []
}

type Told = { readonly catalogue: Catalogue; readonly strings: Strings; readonly found: boolean }

/** An answer about a profile, with whose library it was, or what else was meant, where its name is a game’s or a tag’s too. */
export async function tellingWhose(reply: Reply, player: Player, told: Told): Promise<Reply> {
  if (player.kind !== 'steam') return reply
  const { catalogue, strings, found } = told
  const meant = await otherMeaning(catalogue, player, strings)
  const { profileCalled, orMeant } = strings.notices
  return withNotes(
    reply,
    ...meant.map((typed) => (found ? profileCalled(player.typed, typed) : orMeant(typed))),
  )
}
