import path from 'node:path'
import type { SourceFile } from 'typescript/unstable/ast'
import { API, type Checker } from 'typescript/unstable/sync'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** What a look at one of our files has found. */
export type Look = (source: SourceFile, checker: Checker, file: string) => readonly string[]

/** Looks at the files that `wanted` names by their path in the repository, as the compiler understands them. */
export function lookAtProgram(wanted: (file: string) => boolean, look: Look): string[] {
  const api = new API({ cwd: ROOT })
  try {
    const [project] = api.updateSnapshot({ openProjects: [path.join(ROOT, 'tsconfig.json')] }).getProjects()
    if (!project) throw new Error('tsconfig.json could not be opened')
    const files = project.program.getSourceFileNames().filter((file) => wanted(path.relative(ROOT, file)))
    return files.flatMap((file) => {
      const source = project.program.getSourceFile(file)
      return source ? look(source, project.checker, path.relative(ROOT, file)) : []
    })
  } finally {
    api.close()
  }
}

export function lineOf(source: SourceFile, at: number): number {
  return source.text.slice(0, at).split('\n').length
}
