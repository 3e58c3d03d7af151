/** Those that the time zones' database knows, and the one that it does not list. */
const TIMEZONES: readonly string[] = [...Intl.supportedValuesOf('timeZone'), 'UTC']

/** By what was typed so far: names in which a part begins with it come first, then those that contain it. */
export function timezonesLike(typed: string, limit: number): readonly string[] {
  const wanted = plain(typed)
  const found = TIMEZONES.filter((name) => plain(name).includes(wanted))
  const begins = (name: string) => name.split('/').some((part) => plain(part).startsWith(wanted))
  return [...found.filter(begins), ...found.filter((name) => !begins(name))].slice(0, limit)
}

/** Nobody types underscores, and many type a city alone. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()
}
