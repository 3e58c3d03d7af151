import { operatorMessage } from '../app/platforms.ts'
import { type Context, openDatabase } from '../context/parts.ts'
import { openRefreshParts } from '../jobs/refresh/open.ts'
import { renderReport, reportOf } from '../jobs/refresh/report.ts'
import { rollBackNow } from '../jobs/refresh/roll-back.ts'

/** `npm run rollback`. Throws one sentence where there is nothing to go back to, or where a refresh is running. */
export async function runRollback(context: Context): Promise<void> {
  const outcome = await rollBackNow(
    openRefreshParts(context, await openDatabase(context), {}, operatorMessage),
  )
  if (outcome === 'busy') throw new Error('a refresh is running: let it end, or stop it, first')
  process.stdout.write(renderReport(reportOf(outcome)))
}
