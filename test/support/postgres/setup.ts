import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../../db/embedded/embedded.ts'
import { connect } from '../../../db/postgres/connect.ts'
import { migrate } from '../../../db/postgres/migrate.ts'
import { onServer, withDatabase } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which databases can be made; its template is migrated. */
    postgresUrl: string
    templateName: string
  }
}

/** One server for the whole run: ours, or the one that `TEST_DATABASE_URL` names. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const server = given === undefined ? await startTemporary() : { url: given, stop: async () => {} }
  const templateName = `indiescout_template_${process.pid}`
  await makeTemplate(server.url, templateName)
  project.provide('postgresUrl', server.url)
  project.provide('templateName', templateName)
  return async () => {
    await onServer(server.url, `drop database if exists ${templateName}`)
    await server.stop()
  }
}

async function startTemporary(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'indiescout-test-'))
  // As root the server runs as another user; one that could not come in would put its files elsewhere.
  await chmod(dataDir, 0o755)
  const server = await startEmbedded({ dataDir, log: () => {} })
  // Nothing here has to survive a power cut.
  await onServer(server.url, 'alter system set fsync = off', 'select pg_reload_conf()')
  const stop = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: server.url, stop }
}

async function makeTemplate(url: string, name: string): Promise<void> {
  await onServer(url, `create database ${name}`)
  const db = connect(withDatabase(url, name), () => {})
  await migrate(db)
  await db.destroy()
}
