import { PLATFORMS } from '../app/platforms.ts'
import type { Context } from '../context/parts.ts'

/** `npm run register`: publishes each platform's commands. What fails for one leaves the others alone. */
export async function runRegister(context: Context, manifestFile: string): Promise<void> {
  const outcomes = await Promise.allSettled(
    PLATFORMS.map((platform) => platform.register(context, manifestFile)),
  )
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}
