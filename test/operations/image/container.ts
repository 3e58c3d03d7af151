import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'
import { run } from './shell.ts'

const configOf = z.object({
  User: z.string().regex(/^\d+:\d+$/),
  WorkingDir: z.string(),
  Env: z.array(z.string()),
  Cmd: z.array(z.string()),
  Healthcheck: z.object({ Test: z.tuple([z.literal('CMD')], z.string()) }),
})

const imageConfig = z.object({ Docker: z.object({ config: configOf }) })

export type Container = {
  /** The last of what it has logged. */
  said(): string
  /** Sends SIGTERM, and resolves with the exit code. */
  stop(): Promise<number | null>
  /** Resolves with the exit code when it ends by itself. */
  readonly ended: Promise<number | null>
  /** Runs the image's health check beside it. */
  isHealthy(): Promise<boolean>
}

export type Settings = {
  /** In place of the image's own. */
  readonly command?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Folders of this machine by where they lie in the container; `:ro` behind it makes one read-only. */
  readonly volumes?: Readonly<Record<string, string>>
}

/**
 * Does as root what `read_only`, `cap_drop: [ALL]`, `no-new-privileges` and `tmpfs: [/tmp]` of compose.yaml ask for: arguments
 * are the root, the user, the group, then `source destination options` for each volume, `--`, and the command.
 */
const ENTER = `
root=$1 uid=$2 gid=$3; shift 3
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
while [ "$1" != -- ]; do
  mount --bind "$1" "$root$2"
  [ "$3" = rw ] || mount -o remount,bind,ro "$root$2"
  shift 3
done
shift
exec chroot "$root" setpriv --reuid "$uid" --regid "$gid" --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
`

/**
 * The image's containers, by namespaces and plain tools: neither a daemon nor a runtime that needs the machine's cgroups. They
 * share this machine's network, and need root.
 */
export async function openImage(name: string) {
  const inspected = await run('buildah', ['inspect', '--type', 'image', name])
  const { config } = imageConfig.parse(JSON.parse(inspected)).Docker
  const id = await run('buildah', ['from', '--pull-never', name])
  const root = await run('buildah', ['mount', id])
  const [uid = '', gid = ''] = config.User.split(':')
  const running = new Set<ChildProcess>()

  function enter(command: readonly string[], { env = {}, volumes = {} }: Settings): ChildProcess {
    const all = { ...volumes, '/etc/hosts': '/etc/hosts:ro' }
    const mounts = Object.entries(all).flatMap(([to, from]) => [
      ...[from.replace(/:ro$/, ''), to, from.endsWith(':ro') ? 'ro' : 'rw'],
    ])
    const pairs = Object.entries(env).map(([key, value]) => `${key}=${value}`)
    const inside = ['env', '--ignore-environment', `--chdir=${config.WorkingDir}`, ...config.Env, ...pairs]
    const words = [
      '--mount',
      'sh',
      '-euc',
      ENTER,
      'enter',
      root,
      uid,
      gid,
      ...mounts,
      '--',
      ...inside,
      ...command,
    ]
    const child = spawn('unshare', words, { stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    child.once('exit', () => running.delete(child))
    return child
  }

  function start(settings: Settings): Container {
    const child = enter(settings.command ?? config.Cmd, settings)
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => {
        said = (said + data).slice(-20_000)
      })
    const ended = once(child, 'close').then(([code]) => code as number | null)
    return {
      ...{ ended, said: () => said },
      stop() {
        child.kill('SIGTERM')
        return ended
      },
      async isHealthy() {
        const check = enter(config.Healthcheck.Test.slice(1), settings)
        check.stdout?.resume()
        check.stderr?.resume()
        const [code] = (await once(check, 'close')) as [number | null]
        return code === 0
      },
    }
  }

  return {
    ...{ start, root, uid: Number(uid), gid: Number(gid) },
    async close() {
      for (const child of running) child.kill('SIGKILL')
      await Promise.all([...running].map((child) => once(child, 'exit')))
      await run('buildah', ['rm', id])
    },
  }
}

export type Image = Awaited<ReturnType<typeof openImage>>
