type Entry<V> = { readonly value: V; readonly at: number; readonly weight: number }

type RecentOptions<V> = {
  readonly freshMs: number
  /** The most that all values may weigh together. */
  readonly capacity: number
  readonly weigh: (value: V) => number
  readonly now: () => Date
}

export type Recent<V> = {
  /** Undefined once it is older than `freshMs`. */
  fresh(key: string): V | undefined
  /** However old. */
  last(key: string): V | undefined
  put(key: string, value: V): void
  dropWhere(holds: (value: V, key: string) => boolean): void
}

/** A memory of bounded weight that forgets what was used longest ago: a Map keeps its keys in the order of insertion. */
export function createRecent<V>({ freshMs, capacity, weigh, now }: RecentOptions<V>): Recent<V> {
  const entries = new Map<string, Entry<V>>()
  let total = 0

  function take(key: string): Entry<V> | undefined {
    const entry = entries.get(key)
    if (!entry) return undefined
    entries.delete(key)
    total -= entry.weight
    return entry
  }

  function add(key: string, entry: Entry<V>): void {
    entries.set(key, entry)
    total += entry.weight
    for (const oldest of entries.keys()) {
      if (total <= capacity) return
      take(oldest)
    }
  }

  function touch(key: string): Entry<V> | undefined {
    const entry = take(key)
    if (entry) add(key, entry)
    return entry
  }

  return {
    fresh(key) {
      const entry = touch(key)
      return entry && now().getTime() - entry.at < freshMs ? entry.value : undefined
    },
    last: (key) => touch(key)?.value,
    put(key, value) {
      take(key)
      add(key, { value, at: now().getTime(), weight: weigh(value) })
    },
    dropWhere(holds) {
      for (const [key, { value }] of entries) if (holds(value, key)) take(key)
    },
  }
}
