import { z } from 'zod'
import type { Manifest } from './manifest.ts'
import type { Recipe } from './variants.ts'

const values = z.object({ owned: z.number(), played: z.number(), playedOver: z.number() })
const options = z.object({
  l2: z.number(),
  dropout: z.number(),
  playerExponent: z.number(),
  targetExponent: z.number(),
  training: values,
  input: values,
  minPlayers: z.number().int(),
})

/** How a published model was trained. Throws one sentence where its manifest does not say. */
export function readRecipe(manifest: Manifest): { readonly recipe: Recipe; readonly minPlayers: number } {
  const parsed = options.safeParse(manifest.options)
  if (!parsed.success) throw new Error('the manifest does not say how the model was trained: train it again')
  const { minPlayers, ...recipe } = parsed.data
  return { recipe, minPlayers }
}
