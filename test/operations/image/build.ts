import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseDockerfile } from '../../support/deploy/dockerfile.ts'
import { run, timed } from './shell.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const DEBIAN = { suite: 'bookworm', mirror: 'http://deb.debian.org/debian' }
const CERTIFICATES = '/etc/ssl/certs'

/** Builds the target `cpu` of the Dockerfile as `name`, from its own base where a registry has it. */
export async function buildImage(name: string): Promise<void> {
  const stages = parseDockerfile(await readFile(path.join(ROOT, 'Dockerfile'), 'utf8'))
  const base = stages.find((stage) => stage.name === 'cpu')?.base
  if (base === undefined) throw new Error('the Dockerfile has no stage cpu')
  await haveBase(`docker.io/library/${base}`)
  const folder = await mkdtemp(path.join(tmpdir(), 'npmrc-'))
  try {
    // npm in the image's first stage uses the registry and the certificates of this machine.
    const npmrc = path.join(folder, 'npmrc')
    const registry = await run('npm', ['config', 'get', 'registry'], tmpdir())
    await writeFile(npmrc, `registry=${registry}\ncafile=${CERTIFICATES}/ca-certificates.crt\n`)
    const mounts = [`${npmrc}:/root/.npmrc:ro`, `${CERTIFICATES}:${CERTIFICATES}:ro`]
    const words = [
      ...['bud', '--isolation', 'chroot', '--network', 'host', '--pull-never', '--format', 'docker'],
      ...['--target', 'cpu', '--tag', name, ...mounts.flatMap((mount) => ['--volume', mount]), ROOT],
    ]
    await timed('the image is built', run('buildah', words))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function haveBase(name: string): Promise<void> {
  const has = (command: readonly string[]) =>
    run('buildah', command).then(
      () => true,
      () => false,
    )
  if (await has(['inspect', '--type', 'image', name])) return
  if (await has(['pull', '--quiet', name])) return
  await timed(`no registry has ${name}: it is made of Debian and the npm package node`, makeBase(name))
}

/** Debian's smallest system, with the Node that this project is pinned to, and npm. */
async function makeBase(name: string): Promise<void> {
  const container = await run('buildah', ['from', 'scratch'])
  const folder = await mkdtemp(path.join(tmpdir(), 'debian-'))
  try {
    await run('debootstrap', [
      ...['--variant=minbase', '--include=ca-certificates', DEBIAN.suite, folder, DEBIAN.mirror],
    ])
    await rm(path.join(folder, 'var/cache/apt'), { recursive: true, force: true })
    const local = path.join(folder, 'usr/local')
    const modules = path.join(local, 'lib/node_modules')
    await mkdir(modules, { recursive: true })
    await cp(path.join(ROOT, 'node_modules/node/bin/node'), path.join(local, 'bin/node'))
    await cp(path.join(await run('npm', ['root', '--global'], tmpdir()), 'npm'), path.join(modules, 'npm'), {
      recursive: true,
    })
    await symlink('../lib/node_modules/npm/bin/npm-cli.js', path.join(local, 'bin/npm'))
    await run('buildah', ['copy', '--quiet', container, folder, '/'])
    await run('buildah', ['config', '--env', 'PATH=/usr/local/bin:/usr/bin:/bin', container])
    await run('buildah', ['commit', '--quiet', container, name])
  } finally {
    await run('buildah', ['rm', container])
    await rm(folder, { recursive: true, force: true })
  }
}
