export type WebPage = {
  /** The language's tag, for screen readers. */
  readonly language: string
  readonly title: string
  readonly sentence: string
  /** Where to go on from here, and what to know before. */
  readonly further?: { readonly href: string; readonly label: string; readonly note: string } | undefined
}

/** Nothing runs, nothing is kept, nobody frames it. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** A page of a few sentences, without script or style. All text is a stranger's until it is escaped. */
export function renderPage({ language, title, sentence, further }: WebPage): string {
  const more = further
    ? `<p><strong>${escaped(further.note)}</strong></p>\n<p><a href="${escaped(further.href)}" rel="noreferrer">${escaped(further.label)}</a></p>\n`
    : ''
  return `<!doctype html>
<html lang="${escaped(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<h1>${escaped(title)}</h1>
<p>${escaped(sentence)}</p>
${more}</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Strangers' text as text of a page, or within the quotes of an attribute. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
