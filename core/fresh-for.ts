/** Options of an `LRUCache` whose entries are fresh for so long by this clock. Older ones stay, for whoever allows stale ones. */
export function freshFor(ms: number, now: () => Date) {
  return {
    // What is exactly as old as its time to live counts as fresh to the cache.
    ttl: ms - 1,
    ttlResolution: 0,
    noDeleteOnStaleGet: true,
    noDeleteOnFetchRejection: true,
    /** Whoever waits gets what was fetched, whatever became of the entry meanwhile. */
    ignoreFetchAbort: true,
    perf: { now: () => now().getTime() },
  }
}
