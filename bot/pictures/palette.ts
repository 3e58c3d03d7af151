/** Opaque pixels, four bytes each. */
export type Pixels = { readonly rgba: Uint8Array; readonly width: number; readonly height: number }

export type Palette = {
  /** Three bytes each, at most 256. */
  readonly colours: Uint8Array
  /** Of each pixel: the place of its colour. */
  readonly indices: Uint8Array
}

const MOST_COLOURS = 256

/** Of each channel so many bits tell one colour from another. */
const BITS = 5
const BINS = 2 ** (3 * BITS)

/** What a colour is off by goes on to the pixels around, but for a part: all of it makes more grain than it hides. */
const PASSED_ON = 0.75

type Colour = readonly [red: number, green: number, blue: number]
/** Pixels of nearly one colour. */
type Bin = { readonly mean: Colour; readonly pixels: number }
type Box = { readonly bins: readonly Bin[]; readonly axis: 0 | 1 | 2; readonly weight: number }

/** The colours that serve a picture best (Heckbert's median cut), and its pixels in them (Floyd and Steinberg). */
export function createPalette(pixels: Pixels): Palette {
  const palette = cut(binsOf(pixels)).map(meanOf)
  return { colours: Uint8Array.from(palette.flat(), Math.round), indices: inColours(pixels, palette) }
}

function binsOf({ rgba }: Pixels): Bin[] {
  const sums = new Float64Array(BINS * 4)
  for (let at = 0; at < rgba.length; at += 4) {
    const bin = 4 * binOf(rgba[at] as number, rgba[at + 1] as number, rgba[at + 2] as number)
    for (let channel = 0; channel < 3; channel += 1) {
      ;(sums[bin + channel] as number) += rgba[at + channel] as number
    }
    ;(sums[bin + 3] as number) += 1
  }
  const bins: Bin[] = []
  for (let at = 0; at < sums.length; at += 4) {
    const [red = 0, green = 0, blue = 0, pixels = 0] = sums.subarray(at, at + 4)
    if (pixels > 0) bins.push({ mean: [red / pixels, green / pixels, blue / pixels], pixels })
  }
  return bins
}

function binOf(red: number, green: number, blue: number): number {
  const rest = 8 - BITS
  return ((red >> rest) << (2 * BITS)) | ((green >> rest) << BITS) | (blue >> rest)
}

/** The box in which most pixels differ most is cut in two until there are enough. */
function cut(bins: readonly Bin[]): (readonly Bin[])[] {
  const boxes = [boxOf(bins)]
  while (boxes.length < MOST_COLOURS) {
    const widest = boxes.reduce((one, other) => (other.weight > one.weight ? other : one))
    if (widest.weight === 0) break
    boxes.splice(boxes.indexOf(widest), 1, ...halves(widest))
  }
  return boxes.map((box) => box.bins)
}

function boxOf(bins: readonly Bin[]): Box {
  const ranges = ([0, 1, 2] as const).map((axis) => ({ axis, range: rangeOf(bins, axis) }))
  const { axis, range } = ranges.reduce((one, other) => (other.range > one.range ? other : one))
  return { bins, axis, weight: range * Math.sqrt(pixelsIn(bins)) }
}

function rangeOf(bins: readonly Bin[], axis: 0 | 1 | 2): number {
  let [least, most] = [255, 0]
  for (const { mean } of bins) {
    least = Math.min(least, mean[axis])
    most = Math.max(most, mean[axis])
  }
  return Math.max(0, most - least)
}

function halves({ bins, axis }: Box): [Box, Box] {
  const sorted = bins.toSorted((a, b) => a.mean[axis] - b.mean[axis])
  const half = pixelsIn(bins) / 2
  let [at, before] = [0, 0]
  while (at < sorted.length - 1 && before < half) {
    before += sorted[at]?.pixels ?? 0
    at += 1
  }
  return [boxOf(sorted.slice(0, at)), boxOf(sorted.slice(at))]
}

function pixelsIn(bins: readonly Bin[]): number {
  return bins.reduce((sum, { pixels }) => sum + pixels, 0)
}

function meanOf(bins: readonly Bin[]): Colour {
  const all = Math.max(1, pixelsIn(bins))
  const mean = (axis: 0 | 1 | 2) => bins.reduce((sum, bin) => sum + bin.mean[axis] * bin.pixels, 0) / all
  return [mean(0), mean(1), mean(2)]
}

function inColours({ rgba, width, height }: Pixels, palette: readonly Colour[]): Uint8Array {
  const colours = Float32Array.from(palette.flat())
  const nearest = createNearest(colours)
  const indices = new Uint8Array(width * height)
  const wanted = new Float32Array(3)
  // What this line and the next are off by so far, with room for a pixel at either end.
  let [here, below] = [new Float32Array(3 * (width + 2)), new Float32Array(3 * (width + 2))]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [pixel, at] = [y * width + x, 3 * (x + 1)]
      for (let channel = 0; channel < 3; channel += 1) {
        const value = (rgba[4 * pixel + channel] as number) + (here[at + channel] as number)
        wanted[channel] = Math.min(255, Math.max(0, value))
      }
      const index = nearest(wanted)
      indices[pixel] = index
      for (let channel = 0; channel < 3; channel += 1) {
        const off = PASSED_ON * ((wanted[channel] as number) - (colours[3 * index + channel] as number))
        const to = at + channel
        ;(here[to + 3] as number) += (off * 7) / 16
        ;(below[to - 3] as number) += (off * 3) / 16
        ;(below[to] as number) += (off * 5) / 16
        ;(below[to + 3] as number) += off / 16
      }
    }
    ;[here, below] = [below, here.fill(0)]
  }
  return indices
}

/** Looked for once for each of the bins. */
function createNearest(colours: Float32Array): (wanted: Float32Array) => number {
  const known = new Int16Array(BINS).fill(-1)
  return (wanted) => {
    const [red, green, blue] = [wanted[0] as number, wanted[1] as number, wanted[2] as number]
    const bin = binOf(red, green, blue)
    if (known[bin] === -1) known[bin] = find(colours, red, green, blue)
    return known[bin] as number
  }
}

function find(colours: Float32Array, red: number, green: number, blue: number): number {
  let [found, least] = [0, Number.POSITIVE_INFINITY]
  for (let at = 0; at < colours.length; at += 3) {
    const distance =
      ((colours[at] as number) - red) ** 2 +
      ((colours[at + 1] as number) - green) ** 2 +
      ((colours[at + 2] as number) - blue) ** 2
    if (distance < least) [found, least] = [at / 3, distance]
  }
  return found
}
