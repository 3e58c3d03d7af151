import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'

const FOLDER = path.join(import.meta.dirname, 'browser')
const FONTS = path.join(import.meta.dirname, '../images/fonts')

const FILES: Readonly<Record<string, string>> = {
  'page.js': 'text/javascript; charset=utf-8',
  'chat.js': 'text/javascript; charset=utf-8',
  'combobox.js': 'text/javascript; charset=utf-8',
  'discord.js': 'text/javascript; charset=utf-8',
  'slack.js': 'text/javascript; charset=utf-8',
  'marks.js': 'text/javascript; charset=utf-8',
  'dom.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'discord.css': 'text/css; charset=utf-8',
  'slack.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
}

/** As they stand in the folder: nothing is built. */
export function mountFiles(scope: FastifyInstance): void {
  for (const [name, type] of Object.entries(FILES)) mountFile(scope, name, type, path.join(FOLDER, name))
  for (const weight of ['regular', 'bold']) {
    const name = `noto-sans-kr-${weight}.ttf`
    mountFile(scope, name, 'font/ttf', path.join(FONTS, name))
  }
}

function mountFile(scope: FastifyInstance, name: string, type: string, file: string): void {
  const bytes = readFileSync(file)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  scope.get(`/playground/${name}`, async (request, reply) => {
    reply.headers({ etag, 'cache-control': 'no-cache' })
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.type(type).send(bytes)
  })
}
