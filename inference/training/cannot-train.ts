/** Nothing can be learnt from these players, with this memory: one sentence that says why, and what would help. */
export class CannotTrain extends Error {
  override readonly name = 'CannotTrain'
}
