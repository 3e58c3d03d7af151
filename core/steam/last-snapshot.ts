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
    log('warn', 'could not save a library snapshot', errorFields(error))
  }
}

/** Steam shows it no longer. False where it could not be deleted. */
export async function forgetSnapshot(snapshots: Snapshots, id: SteamId, log: Log): Promise<boolean> {
  try {
    await snapshots.forget(id)
    return true
  } catch (error) {
    log('warn', 'could not delete the snapshot of a hidden library', errorFields(error))
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
  log('warn', 'Steam did not answer: using the last library snapshot', { reason: failure.message })
  return { kind: 'library', library, stale: true }
}

async function find(snapshots: Snapshots, id: SteamId, log: Log): Promise<Library | undefined> {
  try {
    return await snapshots.latest(id)
  } catch (error) {
    log('warn', 'could not read a library snapshot', errorFields(error))
    return undefined
  }
}
