import { LRUCache } from 'lru-cache'
import type { Cover, DrawCover } from '../../core/cards/cover.ts'
import { freshFor } from '../../core/fresh-for.ts'
import { errorFields, type Log } from '../../core/log.ts'
import { coverSvg } from './cover-svg.ts'
import { drawSvg } from './draw.ts'
import { palettePng } from './palette-png.ts'
import type { RemoteImage, RemoteImages } from './remote-images.ts'

type Options = {
  readonly images: RemoteImages
  readonly log: Log
  readonly now?: () => Date
}

/** What every platform takes at once. A picture that is larger is drawn smaller. */
const MOST_BYTES = 300_000
const SMALLEST_ZOOM = 0.4

/** Letters gain by more pixels; Steam's images have no more to show than these. */
const ZOOM = { titles: 1.5, images: 1.25 } as const

const KEPT_BYTES = 16 * 2 ** 20
const KEPT_MS = 24 * 3_600_000

/** Draws covers, each once for all channels that show the same games. */
export function createCovers({ images, log, now = () => new Date() }: Options): DrawCover {
  const kept = new LRUCache<string, Buffer, Drawing>({
    ...freshFor(KEPT_MS, now),
    maxSize: KEPT_BYTES,
    sizeCalculation: (png) => png.length,
    fetchMethod: (_key, _before, { context }) => draw(context),
  })

  return async (cover) => {
    try {
      const found = await Promise.all(cover.games.map(({ imageUrl }) => imageUrl && images(imageUrl)))
      const pictures = found.map((image) => image || undefined)
      return await kept.forceFetch(keyOf(cover, pictures), { context: { cover, pictures } })
    } catch (error) {
      log('error', 'could not draw a cover', errorFields(error))
      return undefined
    }
  }
}

type Drawing = { readonly cover: Cover; readonly pictures: readonly (RemoteImage | undefined)[] }

function draw({ cover, pictures }: Drawing): Promise<Buffer> {
  const zoom = pictures.some((picture) => picture !== undefined) ? ZOOM.images : ZOOM.titles
  return drawWithin(coverSvg(cover, pictures), zoom)
}

/** An image that could not be had may be there for the next one who asks. */
function keyOf({ games }: Cover, pictures: readonly (RemoteImage | undefined)[]): string {
  return JSON.stringify(games.map(({ title, imageUrl }, at) => [title, pictures[at] ? imageUrl : '']))
}

async function drawWithin(svg: string, zoom: number): Promise<Buffer> {
  const { pixels: rgba, width, height } = await drawSvg(svg, zoom)
  const png = await palettePng({ rgba, width, height })
  if (png.length <= MOST_BYTES || zoom <= SMALLEST_ZOOM) return png
  return drawWithin(svg, 0.97 * zoom * Math.sqrt(MOST_BYTES / png.length))
}
