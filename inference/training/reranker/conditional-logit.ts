import { CholeskyDecomposition, Matrix } from 'ml-matrix'

/** One choice: some of its alternatives were chosen. */
export type Choice = {
  /** Alternatives from `first` on. */
  readonly first: number
  readonly count: number
  /** How much each of the sizes counts for it. */
  readonly mix: readonly number[]
  /** How many alternatives each one stands for that was not chosen. */
  readonly stands: number
}

export type Choices = {
  readonly choices: readonly Choice[]
  readonly isChosen: (alternative: number) => boolean
  /** Writes the terms of an alternative. */
  readonly terms: (alternative: number, into: Float64Array) => void
  /** How many terms an alternative has, and how many sizes there are: each term has a weight for each size. */
  readonly termCount: number
  readonly sizeCount: number
  /** What the squares of the weights cost, for each size. */
  readonly l2: readonly number[]
}

const STEPS = 8
const ENOUGH = 1e-3
const HALVINGS = 6

/**
 * The weights, size by size, under which the chosen alternatives were most likely (McFadden 1974), by Newton's method: the
 * likelihood is concave, so there is one best answer. A choice with many chosen ones counts as their square root.
 */
export function fitConditionalLogit(problem: Choices): Float64Array {
  let at = slopes(problem, new Float64Array(problem.termCount * problem.sizeCount))
  for (let step = 0; step < STEPS; step++) {
    const direction = newtonStep(at)
    const decrement = direction.reduce((sum, value, i) => sum + value * (at.gradient[i] as number), 0)
    if (!(decrement > ENOUGH)) break
    const next = climb(problem, at, direction)
    if (!next) break
    at = next
  }
  return at.weights
}

type Slopes = {
  readonly weights: Float64Array
  readonly likelihood: number
  readonly gradient: Float64Array
  /** Of the negative likelihood, row by row. */
  readonly hessian: Float64Array
}

function newtonStep({ gradient, hessian }: Slopes): Float64Array {
  const size = gradient.length
  const matrix = new Matrix(size, size)
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      matrix.set(i, j, hessian[i * size + j] as number)
      matrix.set(j, i, hessian[i * size + j] as number)
    }
  }
  const solved = new CholeskyDecomposition(matrix).solve(Matrix.columnVector(Array.from(gradient)))
  return Float64Array.from(solved.to1DArray())
}

/** The whole step, or as much of it as makes things better; undefined where nothing does. */
function climb(problem: Choices, from: Slopes, direction: Float64Array): Slopes | undefined {
  for (let halving = 0, length = 1; halving < HALVINGS; halving++, length /= 2) {
    const next = from.weights.map((weight, i) => weight + length * (direction[i] as number))
    const found = slopes(problem, next)
    if (found.likelihood > from.likelihood) return found
  }
  return undefined
}

function slopes(problem: Choices, weights: Float64Array): Slopes {
  const { termCount, sizeCount, l2 } = problem
  const size = termCount * sizeCount
  const costs = Float64Array.from({ length: size }, (_, at) => l2[Math.floor(at / termCount)] ?? 0)
  const gradient = weights.map((weight, at) => -(costs[at] as number) * weight)
  const hessian = new Float64Array(size * size)
  for (const [at, cost] of costs.entries()) hessian[at * size + at] = cost
  const square = new Float64Array(termCount * termCount)
  const apart = new Float64Array(termCount)
  const likelihood = walk(problem, weights, (choice, { terms, chances, slope, mean, weight, chosen }) => {
    square.fill(0)
    for (let row = 0; row < choice.count; row++) {
      const chance = chances[row] as number
      if (chance < NEGLIGIBLE) continue
      for (let t = 0; t < termCount; t++)
        apart[t] = (terms[row * termCount + t] as number) - (mean[t] as number)
      addSquare(square, apart, chance)
    }
    for (let t = 0; t < termCount; t++) {
      for (let u = 0; u < t; u++) square[t * termCount + u] = square[u * termCount + t] as number
    }
    for (const [a, shareA] of choice.mix.entries()) {
      if (shareA === 0) continue
      for (let t = 0; t < termCount; t++) {
        ;(gradient[a * termCount + t] as number) += weight * shareA * (slope[t] as number)
      }
      for (const [b, shareB] of choice.mix.entries()) {
        if (shareB === 0) continue
        const scale = weight * chosen * shareA * shareB
        for (let t = 0; t < termCount; t++) {
          const to = (a * termCount + t) * size + b * termCount
          for (let u = 0; u < termCount; u++) {
            ;(hessian[to + u] as number) += scale * (square[t * termCount + u] as number)
          }
        }
      }
    }
  })
  return { weights, likelihood, gradient, hessian }
}

/** Alternatives that hardly anybody would choose bend nothing; without them a step is hardly another, and half the work. */
const NEGLIGIBLE = 1e-3

/** The upper triangle. */
function addSquare(square: Float64Array, row: Float64Array, chance: number): void {
  const count = row.length
  for (let t = 0; t < count; t++) {
    const scaled = chance * (row[t] as number)
    if (scaled === 0) continue
    for (let u = t; u < count; u++) (square[t * count + u] as number) += scaled * (row[u] as number)
  }
}

type Seen = {
  /** Of all alternatives, one after another. */
  readonly terms: Float64Array
  /** The chance of each. */
  readonly chances: Float64Array
  /** The terms of the chosen ones less what was to be expected. */
  readonly slope: Float64Array
  /** The terms that were to be expected. */
  readonly mean: Float64Array
  readonly weight: number
  readonly chosen: number
}

/** Looks at every choice in turn and returns the likelihood of all. */
function walk(problem: Choices, weights: Float64Array, look: (choice: Choice, seen: Seen) => void): number {
  const { choices, isChosen, termCount, l2 } = problem
  const most = choices.reduce((count, choice) => Math.max(count, choice.count), 0)
  const terms = new Float64Array(most * termCount)
  const chances = new Float64Array(most)
  const mean = new Float64Array(termCount)
  const slope = new Float64Array(termCount)
  const total = choices.length
  let likelihood = weights.reduce((sum, weight, at) => {
    return sum - ((l2[Math.floor(at / termCount)] ?? 0) / 2) * weight * weight
  }, 0)
  for (const choice of choices) {
    const { first, count, stands } = choice
    const mixed = mixedWeights(weights, choice.mix, termCount)
    let greatest = Number.NEGATIVE_INFINITY
    for (let row = 0; row < count; row++) {
      const own = terms.subarray(row * termCount, (row + 1) * termCount)
      problem.terms(first + row, own)
      let utility = 0
      for (let t = 0; t < termCount; t++) utility += (mixed[t] as number) * (own[t] as number)
      chances[row] = utility
      greatest = Math.max(greatest, utility)
    }
    let sum = 0
    let [chosen, chosenUtility] = [0, 0]
    slope.fill(0)
    for (let row = 0; row < count; row++) {
      const utility = chances[row] as number
      const isOne = isChosen(first + row)
      if (isOne) {
        chosen++
        chosenUtility += utility
        for (let t = 0; t < termCount; t++) (slope[t] as number) += terms[row * termCount + t] as number
      }
      chances[row] = Math.exp(utility - greatest) * (isOne ? 1 : stands)
      sum += chances[row] as number
    }
    if (chosen === 0) continue
    mean.fill(0)
    for (let row = 0; row < count; row++) {
      const chance = (chances[row] as number) / sum
      chances[row] = chance
      for (let t = 0; t < termCount; t++)
        (mean[t] as number) += chance * (terms[row * termCount + t] as number)
    }
    for (let t = 0; t < termCount; t++) (slope[t] as number) -= chosen * (mean[t] as number)
    const weight = 1 / Math.sqrt(chosen) / total
    likelihood += weight * (chosenUtility - chosen * (greatest + Math.log(sum)))
    look(choice, { terms, chances, slope, mean, weight, chosen })
  }
  return likelihood
}

function mixedWeights(weights: Float64Array, mix: readonly number[], termCount: number): Float64Array {
  const mixed = new Float64Array(termCount)
  for (const [size, share] of mix.entries()) {
    if (share === 0) continue
    for (let t = 0; t < termCount; t++)
      (mixed[t] as number) += share * (weights[size * termCount + t] as number)
  }
  return mixed
}
