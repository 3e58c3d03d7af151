import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRemoteImages } from '../../../bot/images/remote-images.ts'
import {
  type Behaviour,
  breaksOff,
  drips,
  type ImageServer,
  pours,
  redirects,
  sends,
  startImages,
} from '../../support/images/image-server.ts'
import { JPEG, jpegOfSize, PNG, pngOfSize, WEBP } from '../../support/images/images.ts'
import { sizeOfPng } from '../../support/images/png.ts'
import { keepLog } from '../../support/inference/worker.ts'

const STEAM = 'https://shared.akamai.steamstatic.com/store_item_assets/steam/apps/620/header.jpg?t=1'
const OTHER = 'https://shared.fastly.steamstatic.com/store_item_assets/steam/apps/620/header.jpg'

let hosts: ImageServer
beforeEach(async () => {
  hosts = await startImages()
})
afterEach(() => hosts.stop())

const start = (more: { timeoutMs?: number; now?: () => Date } = {}) =>
  createRemoteImages({ log: keepLog().log, fetch: hosts.fetch, ...more })

/** What comes of Steam's address where its host behaves so. */
function fetched(behaviour: Behaviour, more: { timeoutMs?: number } = {}) {
  hosts.answer(STEAM, behaviour)
  return start(more)(STEAM)
}

describe('an image of another host', () => {
  it.each([
    ['a JPEG', JPEG, 'image/jpeg'],
    ['a PNG', PNG, 'image/png'],
    ['as large as may be', pngOfSize(4096, 4096), 'image/png'],
  ])('is taken where it is %s, whatever the host calls it', async (_what, bytes, type) => {
    const image = await fetched(sends(bytes, { 'content-type': 'text/html' }))
    expect(image?.type).toBe(type)
    expect(bytes.equals(image?.bytes ?? Buffer.alloc(0))).toBe(true)
  })

  it('becomes a PNG of the same size where it is a WebP', async () => {
    const image = await fetched(sends(WEBP))
    expect(image?.type).toBe('image/png')
    expect(sizeOfPng(Buffer.from(image?.bytes ?? []))).toEqual({ width: 46, height: 22 })
  })

  it.each<[string, Uint8Array]>([
    ['the first bytes of a WebP alone', WEBP.subarray(0, 16)],
    ['a WAV, which begins like a WebP', Buffer.from('RIFF\x04\x00\x00\x00WAVE', 'latin1')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1')],
    ['a page', Buffer.from('<!doctype html>')],
    ['nothing', Buffer.alloc(0)],
    ['the first bytes of a JPEG alone', JPEG.subarray(0, 20)],
    ['the first bytes of a PNG alone', PNG.subarray(0, 12)],
    ['a decompression bomb', pngOfSize(50_000, 50_000)],
    ['a pixel too wide', pngOfSize(4097, 1)],
    ['a pixel too high', jpegOfSize(1, 4097)],
    ['without a pixel', pngOfSize(0, 1)],
  ])('is left out where it is %s', async (_what, bytes) => {
    expect(await fetched(sends(bytes, { 'content-type': 'image/jpeg' }))).toBeUndefined()
  })

  it.each<[string, Behaviour]>([
    ['says that it is too large', sends(JPEG, { 'content-length': String(3 * 2 ** 20) })],
    ['is too large without saying so', pours(JPEG)],
    [
      'is small until it is unpacked',
      sends(gzipSync(Buffer.concat([JPEG, Buffer.alloc(50 * 2 ** 20)])), { 'content-encoding': 'gzip' }),
    ],
    ['breaks off', breaksOff(JPEG)],
    ['is not found', (response) => void response.writeHead(404).end(JPEG)],
    ['comes with an error', (response) => void response.writeHead(500).end(JPEG)],
    ['comes with a redirection that names no place', (response) => void response.writeHead(302).end(JPEG)],
    ['hangs up', (response) => void response.destroy()],
  ])('is left out where it %s', async (_what, behaviour) => {
    expect(await fetched(behaviour)).toBeUndefined()
  })

  it.each<[string, Behaviour]>([
    ['never ends', drips(JPEG)],
    ['never begins', () => {}],
  ])('is waited for no longer than its time where it %s', async (_what, behaviour) => {
    expect(await fetched(behaviour, { timeoutMs: 100 })).toBeUndefined()
  })

  it.each([301, 302, 303, 307, 308])('is followed to another of the hosts with %i', async (status) => {
    hosts.answer(OTHER, sends(JPEG))
    expect(await fetched(redirects(OTHER, status))).toBeDefined()
  })

  it('is followed to another place of the same host', async () => {
    hosts.answer('https://shared.akamai.steamstatic.com/moved.jpg', sends(JPEG))
    expect(await fetched(redirects('/moved.jpg'))).toBeDefined()
  })

  it.each([
    'https://evil.example/header.jpg',
    'https://shared.akamai.steamstatic.com.evil.example/header.jpg',
    '//evil.example/header.jpg',
    'http://shared.akamai.steamstatic.com/header.jpg',
    'https://shared.akamai.steamstatic.com:8443/header.jpg',
    'https://user@shared.akamai.steamstatic.com/header.jpg',
    'https://:word@shared.akamai.steamstatic.com/header.jpg',
    'https://127.0.0.1/header.jpg',
    'https://[::1]/header.jpg',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'https://',
  ])('is not followed to %s', async (elsewhere) => {
    hosts.answer(elsewhere, sends(JPEG))
    expect(await fetched(redirects(elsewhere))).toBeUndefined()
    expect(hosts.asked).toEqual([STEAM])
  })

  it('is not followed round and round', async () => {
    hosts.answer(OTHER, redirects(STEAM))
    expect(await fetched(redirects(OTHER))).toBeUndefined()
    expect(hosts.asked).toEqual([STEAM, OTHER, STEAM])
  })

  it.each([
    'http://shared.akamai.steamstatic.com/header.jpg',
    'https://steamstatic.com/header.jpg',
    'https://evilsteamstatic.com/header.jpg',
    'https://shared.steamstatic.com./header.jpg',
    'https://steamcdn-a.akamaihd.net:444/header.jpg',
    'https://evil-a.akamaihd.net/header.jpg',
    'https://0x7f000001/header.jpg',
    'https://localhost/header.jpg',
    'ftp://shared.akamai.steamstatic.com/header.jpg',
    'javascript:alert(1)',
    '',
  ])('is never asked for at %j', async (address) => {
    hosts.answer(address, sends(JPEG))
    expect(await start()(address)).toBeUndefined()
    expect(hosts.asked).toEqual([])
  })

  it.each([
    'https://steamcdn-a.akamaihd.net/steam/apps/620/header.jpg',
    'https://cdn.cloudflare.steamstatic.com/steam/apps/620/header.jpg',
    'https://shared.steamstatic.com:443/steam/apps/620/header.jpg',
  ])('is asked for at %s', async (address) => {
    hosts.answer(new URL(address).href, sends(JPEG))
    expect(await start()(address)).toBeDefined()
  })

  it('is asked for at no other host, whatever the address', async () => {
    const images = start()
    const schemes = fc.constantFrom('https://', 'http://', '//', 'HTTPS:', 'https:/\\\\', '')
    const names = fc.constantFrom(
      'shared.akamai.steamstatic.com',
      'evil.example',
      '127.0.0.1',
      'a@',
      ':80',
      '%2e',
    )
    const pieces = fc.array(fc.oneof(names, fc.string({ maxLength: 4 })), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(schemes, pieces, async (scheme, rest) => {
        await images(`${scheme}${rest.join('')}`)
      }),
    )
    const hostsAsked = hosts.asked.map((address) => new URL(address))
    for (const { protocol, hostname, port, username } of hostsAsked)
      expect([protocol, hostname.endsWith('.steamstatic.com'), port, username]).toEqual([
        'https:',
        true,
        '',
        '',
      ])
  })

  it('is asked for once, by however many at once and afterwards', async () => {
    hosts.answer(STEAM, sends(JPEG))
    const images = start()
    const all = await Promise.all([images(STEAM), images(STEAM), images(STEAM)])
    expect([...all, await images(STEAM)].every((image) => image?.type === 'image/jpeg')).toBe(true)
    expect(hosts.asked).toEqual([STEAM])
  })

  it('is not asked for again for a minute where it could not be had', async () => {
    let now = new Date('2026-11-25T12:00:00Z')
    const images = start({ now: () => now })
    await images(STEAM)
    now = new Date('2026-11-25T12:00:59Z')
    hosts.answer(STEAM, sends(JPEG))
    expect(await images(STEAM)).toBeUndefined()
    now = new Date('2026-11-25T12:01:01Z')
    expect(await images(STEAM)).toBeDefined()
    expect(hosts.asked).toEqual([STEAM, STEAM])
  })
})
