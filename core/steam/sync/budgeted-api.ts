import type { RetryingApi } from '../retry-policy.ts'
import type { WebApi } from '../web-api.ts'
import type { CallBudget } from './ports.ts'

/** Today's calls for work that nobody waits for are used up. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent'
}

/** Tries once, since nobody waits, and only while calls are left. Throws `BudgetSpent`. */
export function createBudgetedApi(api: WebApi, budget: CallBudget, now: () => Date): RetryingApi {
  return async (call, { signal }) => {
    if (!(await budget.take(now()))) throw new BudgetSpent('no calls to Steam are left for today')
    return api(call, signal)
  }
}

/** Days are counted in UTC. */
export function nextDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1))
}
