/** MurmurHash3's finaliser over both numbers: 32 well-mixed bits. */
export function hash(seed: number, value: number): number {
  return mix(mix(seed) ^ value)
}

function mix(bits: number): number {
  let h = bits | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
