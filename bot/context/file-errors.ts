const REFUSED = new Set(['EACCES', 'EPERM', 'EROFS'])

/** A sentence with the fix where the system does not let us write a file; undefined for any other error. */
export function explainFileError(error: unknown, uid = process.getuid?.()): string | undefined {
  const { code = '', path, syscall } = (error ?? {}) as NodeJS.ErrnoException
  if (!REFUSED.has(code) || path === undefined || syscall === 'connect') return undefined
  if (code === 'EROFS')
    return `${path} is on a read-only file system: mount a volume there that can be written`
  const who = uid === undefined ? 'the user that runs this' : `user ${uid}, who runs this`
  const fix = uid === undefined ? 'let that user write there' : `run \`chown -R ${uid}\` on its folder`
  return `${path} can't be read or written by ${who}: ${fix} (of a mounted folder: on the host)`
}
