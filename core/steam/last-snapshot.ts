import type { SteamId } from '../ids.ts'
import { errorFields, type Log } from '../log.ts'
import type { Library, LibraryAnswer, Snapshots } from '../players/library.ts'
import { Unavailable } from '../unavailable.ts'
import type { SteamFailure } from './steam-failure.ts'

/** A snapshot is for a bad day; not having it must not spoil a good one. */
export async function keep(snapshots: Snapshots, library: Library, log: Log): Promise<void> {
  try {
    await snapshots.save(library)
  } catch (error) {
    log('warn', 'a library snapshot could not be saved', errorFields(error))
  }
}

/** Steam shows it no longer. False where it could not be deleted. */
export async function forgetSnapshot(snapshots: Snapshots, id: SteamId, log: Log): Promise<boolean> {
  try {
    await snapshots.forget(id)
    return true
  } catch (error) {
    log('warn', 'the snapshot of a hidden library could not be deleted', errorFields(error))
    return false
  }
}

/** The library as it was last seen. Throws `Unavailable('steam')` where there is none. */
export async function lastSnapshot(
  snapshots: Snapshots,
  id: SteamId | undefined,
  failure: SteamFailure,
  log: Log,
): Promise<LibraryAnswer> {
  const library = id === undefined ? undefined : await find(snapshots, id, log)
  if (!library) throw new Unavailable('steam', failure)
  log('warn', 'Steam gave no library: the last snapshot serves', { reason: failure.message })
  return { kind: 'library', library, stale: true }
}

async function find(snapshots: Snapshots, id: SteamId, log: Log): Promise<Library | undefined> {
  try {
    return await snapshots.latest(id)
  } catch (error) {
    log('warn', 'a library snapshot could not be read', errorFields(error))
    return undefined
  }
}
