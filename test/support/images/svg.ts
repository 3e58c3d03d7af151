/** One element: a tag of ours with quoted attributes, or text in which no sign of markup stands bare. */
const PIECE =
  /<\/?(?:svg|rect|text|g|image|clipPath|linearGradient|stop)(?: [\w-]+="[^"<&]*")*\/?>|[^<>&]|&(?:amp|lt|gt|quot);/gu
/** https://www.w3.org/TR/xml/#charsets */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

export function isWellFormed(svg: string): boolean {
  const opened = svg.match(/<text/g)?.length === svg.match(/<\/text>/g)?.length
  return svg.replace(PIECE, '') === '' && opened && !FORBIDDEN.test(svg) && svg.isWellFormed()
}
