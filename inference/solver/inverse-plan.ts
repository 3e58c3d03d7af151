import { blocksOf, type Shape } from './tiles.ts'

/**
 * How a symmetric positive definite S, given by its tiles on and above the diagonal, becomes its inverse P. There are two
 * sets of tiles: `work` holds S at first and is used up, `result` holds P in the end.
 *
 * First S = UᵀDU, by block rows downwards: from row k is taken what the rows above have of it; then U_kj = D_k⁻¹·S_kj, and
 * D_k is what is left of S_kk. Then P = U⁻¹D⁻¹U⁻ᵀ upwards: P_kj = −Σ_i U_ki·P_ij, and P_kk = D_k⁻¹ − Σ_j U_kj·P_jk.
 * That is n³ multiplications and additions, nearly all of them in products of whole tiles.
 */
export type Step =
  /** into = from − Σ left · right */
  | {
      readonly kind: 'subtract'
      readonly into: Ref
      readonly from: Ref | undefined
      readonly products: readonly Product[]
    }
  /** work (k, k) is D_k: its inverse goes to result (k, k), S_kjᵀ to result (k, j), and U_kj takes the place of S_kj. */
  | { readonly kind: 'pivot'; readonly k: number }

export type Ref = { readonly set: 'work' | 'result'; readonly i: number; readonly j: number }

type Product = {
  readonly left: Ref
  readonly right: Ref
  /** Whether `right` lies transposed. */
  readonly turned: boolean
}

/** Steps of one stage do not depend on each other. */
export type Stage = readonly Step[]

export function inversePlan(shape: Shape): Stage[] {
  const blocks = Array.from({ length: blocksOf(shape) }, (_, at) => at)
  return [
    ...blocks.flatMap((k) => factorRow(blocks, k)),
    ...blocks.toReversed().flatMap((k) => substituteRow(blocks, k)),
  ]
}

const work = (i: number, j: number): Ref => ({ set: 'work', i, j })
const result = (i: number, j: number): Ref => ({ set: 'result', i, j })

function factorRow(blocks: readonly number[], k: number): Stage[] {
  const above = blocks.slice(0, k)
  const reduce = blocks.slice(k).map((j): Step => {
    // What lies there of row i is still S_ikᵀ.
    const products = above.map((i) => ({ left: result(i, k), right: work(i, j), turned: false }))
    return { kind: 'subtract', into: work(k, j), from: work(k, j), products }
  })
  return [...(k > 0 ? [reduce] : []), [{ kind: 'pivot', k }]]
}

function substituteRow(blocks: readonly number[], k: number): Stage[] {
  const below = blocks.slice(k + 1)
  if (below.length === 0) return []
  const row = below.map((j): Step => {
    const products = below.map((i) => ({
      left: work(k, i),
      right: result(Math.min(i, j), Math.max(i, j)),
      turned: i > j,
    }))
    return { kind: 'subtract', into: result(k, j), from: undefined, products }
  })
  const own = below.map((j) => ({ left: work(k, j), right: result(k, j), turned: true }))
  return [row, [{ kind: 'subtract', into: result(k, k), from: result(k, k), products: own }]]
}
