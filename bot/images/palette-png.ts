import sharp from 'sharp'

/** Opaque pixels, four bytes each. */
export type Pixels = { readonly rgba: Uint8Array; readonly width: number; readonly height: number }

/** Of sharp's ten: more takes many times as long on photographs and looks the same. */
const EFFORT = 3

/** Writes a PNG of at most 256 colours, which take a quarter of what a photograph takes in full colour. */
export function palettePng({ rgba, width, height }: Pixels): Promise<Buffer> {
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png({ palette: true, colours: 256, effort: EFFORT })
    .toBuffer()
}
