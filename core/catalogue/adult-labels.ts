/**
 * Labels of what a workplace would not want on a screen, in lower case. Gore, Violent and the tag Mature (which players
 * give to serious stories too) do not count by themselves.
 */
export const ADULT_LABELS: ReadonlySet<string> = new Set([
  'nudity',
  'sexual content',
  'nsfw',
  'hentai',
  'adult only',
  'adult',
  'erotic',
  'porn',
])
