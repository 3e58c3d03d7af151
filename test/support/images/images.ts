import { palettePng } from '../../../bot/images/palette-png.ts'

/** Pictures as small as they get. */

/** 46 × 22 pixels, red on the left and blue on the right. */
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAWAC4DASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQC/8QAGRABAAIDAAAAAAAAAAAAAAAAAAECAzNx/8QAFgEBAQEAAAAAAAAAAAAAAAAABQYE/8QAFxEBAAMAAAAAAAAAAAAAAAAAAAIFMv/aAAwDAQACEQMRAD8AmAYT7OTXbkoluTXbkojFdmQiw1EAJjV4CUVLOTXbkogMV2ZCLDUQAmNf/9k=',
  'base64',
)

/** The same picture. */
export const WEBP = Buffer.from(
  'UklGRmAAAABXRUJQVlA4IFQAAAAwAwCdASouABYAPzmMu1OvKiYisAgB4CcJQBfJBUefRiwAAP7Lt+qqevpr/JL1J+VhPWfoHoh/Zmw7NF2YtxXnkyw90lxph/xhvcq/ozgYHIuAAAA=',
  'base64',
)

/** One white pixel. */
export const PNG = await palettePng({ rgba: new Uint8Array(4).fill(255), width: 1, height: 1 })

/** Says that it has so many pixels; holds no more than before. */
export function pngOfSize(width: number, height: number): Buffer {
  const png = Buffer.from(PNG)
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  return png
}

export function jpegOfSize(width: number, height: number): Buffer {
  const jpeg = Buffer.from(JPEG)
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  jpeg.writeUInt16BE(height, frame + 5)
  jpeg.writeUInt16BE(width, frame + 7)
  return jpeg
}
