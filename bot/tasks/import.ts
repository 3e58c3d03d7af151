import { type Context, openDatabase } from '../context/parts.ts'
import { importSources, parseImportKind } from './import-sources.ts'

/** `npm run import`: all the files or none. Throws one sentence where something is wrong with one of them. */
export async function runImport(context: Context, kind: string, sources: readonly string[]): Promise<void> {
  const known = parseImportKind(kind)
  const db = await openDatabase(context)
  await importSources({ db, kind: known, sources, print: (text) => process.stdout.write(text) })
}
