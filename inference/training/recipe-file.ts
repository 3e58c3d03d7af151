import { z } from 'zod'
import { LABEL_SOURCES } from '../../core/catalogue/game-labels.ts'
import type { Manifest } from '../model/manifest.ts'
import { EASE, type Recipe } from './variants.ts'

const playtime = z.object({ by: z.enum(['log', 'cap', 'median']), weight: z.number() })
const values = z.object({
  owned: z.number(),
  played: z.number(),
  playedOver: z.number(),
  playtime: playtime.optional(),
})

/** What older versions do not name, they did not do. */
export const recipe = z.object({
  l2: z.number(),
  dropout: z.number(),
  ridgeExponent: z.number().default(EASE.ridgeExponent),
  selfWeight: z.number().default(EASE.selfWeight),
  playerExponent: z.number(),
  power: z.number().default(EASE.power),
  sourceExponent: z.number().default(EASE.sourceExponent),
  otherGames: z.number().default(EASE.otherGames),
  targetExponent: z.number(),
  minLibrary: z.number().default(EASE.minLibrary),
  maxShare: z.number().default(EASE.maxShare),
  players: z.number().default(EASE.players),
  labels: z
    .object({ weight: z.number(), sources: z.array(z.enum(LABEL_SOURCES)) })
    .default({ ...EASE.labels, sources: [...EASE.labels.sources] }),
  training: values,
  input: values,
  reranked: z.number().int().min(0).default(EASE.reranked),
  restraint: z.number().default(EASE.restraint),
})

const options = recipe.extend({ minPlayers: z.number().int() })

/** How a published model was trained. Throws one sentence where its manifest does not say. */
export function readRecipe(manifest: Manifest): { readonly recipe: Recipe; readonly minPlayers: number } {
  const parsed = options.safeParse(manifest.options)
  if (!parsed.success) throw new Error('the manifest does not say how the model was trained: train it again')
  const { minPlayers, ...rest } = parsed.data
  return { recipe: rest, minPlayers }
}
