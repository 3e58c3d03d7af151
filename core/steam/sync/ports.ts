import type { GameId, SteamId, UserKey } from '../../ids.ts'
import type { Library } from '../../players/library.ts'
import type { AppPage } from '../app-list.ts'
import type { SteamFailure } from '../steam-failure.ts'
import type { StoreDetails } from '../store-details.ts'

/** What is fetched from Steam without anybody waiting: the list of all apps, the pages of games, libraries; and the keeping of order. */
export type SourceName = 'app-list' | 'details' | 'libraries' | 'upkeep'

/** When each may begin, in whatever process, and how it went. */
export interface Sources {
  resting(name: SourceName, now: Date): Promise<boolean>
  /** True for one caller alone: until `until`, or until it is told how it went, nobody else begins. */
  claim(name: SourceName, now: Date, until: Date): Promise<boolean>
  rest(name: SourceName, until: Date): Promise<void>
  /** Without `nextAt` it may go on at once. */
  succeeded(name: SourceName, now: Date, nextAt?: Date): Promise<void>
  /** Counts one more failure in a row; `restMs` tells from their number for how long nobody begins. */
  failed(
    name: SourceName,
    failure: SteamFailure,
    now: Date,
    restMs: (failures: number) => number,
  ): Promise<void>
}

/** The calls that one key may make in a day, of which some are left for players who wait. */
export interface CallBudget {
  /** Takes one for work that nobody waits for; false where there is none left today. */
  take(now: Date): Promise<boolean>
  /** One was made for a player. */
  count(): void
}

/** The reading of the list of all apps: goes on after a crash where it was. */
export interface AppList {
  /** Begins a reading where none is under way. */
  open(now: Date): Promise<{ readonly modifiedSince: Date | undefined; readonly after: number }>
  /** Takes a page down, and with the last one ends the reading. False where somebody else has gone on from there. */
  add(page: AppPage, after: number): Promise<boolean>
}

export type ClaimedApp = { readonly game: GameId; readonly lease: string }

/** What came of a page. `passed-on`: somebody else has the app now, or knows a newer page. */
export type Saved = 'added' | 'changed' | 'same' | 'passed-on'

/** Apps whose page is to be read, the most wanted first. What was known of a game is never erased by it. */
export interface AppQueue {
  /** For the caller alone until the lease ends. */
  claim(now: Date, leaseMs: number): Promise<ClaimedApp | undefined>
  save(lease: string, details: StoreDetails, askedAt: Date): Promise<Saved>
  noPage(lease: string, askedAt: Date): Promise<void>
  /** Gives the lease back; `failed` counts, and puts the app off for a day and more. */
  release(lease: string, now: Date, how: 'unasked' | 'failed'): Promise<void>
  /** How many wait. */
  length(): Promise<number>
}

export type ClaimedLibrary = {
  readonly user: UserKey
  readonly steamId: SteamId
  readonly lease: string
  /** Weeks in a row in which there was nothing to see. */
  readonly failures: number
}

/** Why a library did not come, as far as it says something of the account and not of Steam. */
export type Unseen = 'empty' | 'no-profile' | 'private-profile' | 'hidden-games' | 'garbled'

/** Libraries of those who proved their account and agreed to training, and of nobody else. */
export interface LibraryRefreshes {
  /** Takes in those who are new. */
  plan(now: Date): Promise<number>
  claim(now: Date, leaseMs: number): Promise<ClaimedLibrary | undefined>
  /** False where the lease has passed on or the owner no longer agrees: then nothing is kept. */
  keep(lease: string, library: Library, dueAt: Date): Promise<boolean>
  /** Deletes the library that is kept of an account whose owner shows it no longer. */
  forget(steamId: SteamId): Promise<void>
  /** What models learnt from stays, for as long as its owner agrees. */
  unseen(lease: string, why: Unseen, dueAt: Date): Promise<void>
  /** Nothing was asked: whoever comes next asks. */
  release(lease: string): Promise<void>
}
