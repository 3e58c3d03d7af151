import { setPriority } from 'node:os'
import { operatorMessage } from '../app/platforms.ts'
import { type Context, openDatabase } from '../context/parts.ts'
import { openRefreshParts } from '../jobs/refresh/open.ts'
import { refresh } from '../jobs/refresh/refresh.ts'
import { renderReport, reportOf } from '../jobs/refresh/report.ts'
import type { TrainOptions } from '../jobs/training/training.ts'

export type RefreshOptions = TrainOptions & { readonly unlessSince?: Date }

/** Of 19: whoever answers players on this machine goes first. */
const BACKGROUND = 10

/** `npm run refresh`. Throws one sentence where it failed, or where another process is at it. */
export async function runRefresh(
  context: Context,
  { unlessSince, ...options }: RefreshOptions,
): Promise<void> {
  if (unlessSince) setPriority(BACKGROUND)
  const parts = openRefreshParts(context, await openDatabase(context), options, operatorMessage)
  const outcome = await refresh(parts, { unlessSince })
  if (outcome === 'busy') throw new Error('another process is refreshing the model: let it end first')
  if (outcome === 'fresh') return context.log('info', 'the model was already refreshed')
  process.stdout.write(renderReport(reportOf(outcome)))
  if (outcome.state === 'failed') throw new Error(outcome.reason)
}
