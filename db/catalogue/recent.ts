type Entry<T> = { readonly value: Promise<T>; readonly until: number }

type Options<T> = {
  readonly lifeMs: number
  readonly limit: number
  /** Where two readings are the same, the first is handed on, so that callers may key caches on it. */
  readonly same: (before: T, after: T) => boolean
  readonly now?: () => number
}

/** Remembers what was read of late. Those who ask while it is being read wait for the one reading; a failure is forgotten. */
export function createRecent<T>({ lifeMs, limit, same, now = Date.now }: Options<T>) {
  const entries = new Map<string, Entry<T>>()

  return (key: string, read: () => Promise<T>): Promise<T> => {
    const known = entries.get(key)
    const entry = known && known.until > now() ? known : { value: reread(known, read), until: now() + lifeMs }
    // A map remembers the order of writing: the first key is the one that was longest not asked for.
    entries.delete(key)
    entries.set(key, entry)
    if (entries.size > limit) entries.delete(entries.keys().next().value ?? key)
    if (entry !== known) entry.value.catch(() => entries.get(key) === entry && entries.delete(key))
    return entry.value
  }

  async function reread(known: Entry<T> | undefined, read: () => Promise<T>): Promise<T> {
    const [after, before] = await Promise.all([read(), known?.value])
    return before !== undefined && same(before, after) ? before : after
  }
}
