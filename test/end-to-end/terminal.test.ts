import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshFolder, freshFolder } from '../support/programs/fresh-folder.ts'

/** What a person sees of `npm start`, through a terminal of util-linux's making, and what a machine sees without one. */
let folder: FreshFolder

beforeAll(async () => {
  folder = await freshFolder()
})
afterAll(() => folder.remove(), 60_000)

const inTerminal = (line: string) => `script --quiet --flush --return --command '${line}' /dev/null`

/** How a terminal goes back to the start of a line, or clears it. */
const ERASED = new RegExp(`${String.fromCharCode(27)}\\[\\d*[GK]`)

/** With what was drawn over and over reduced to its end. */
function shown(output: string): string {
  const lines = output.split(/\r?\n/).map((line) => line.split(ERASED).at(-1) ?? '')
  return stripVTControlCharacters(lines.join('\n'))
}

describe('npm start in a terminal', () => {
  it('ticks off its steps, shows five picks, and ends with what to do next', async () => {
    const program = folder.start(inTerminal('npm start'))
    await program.said('Settings go in a file named .env')
    const screen = shown(program.output)
    const order = ['✔ Database', '✔ Sample', '✔ Model', '✔ Recommender', '✔ First picks', '/recommend for ']
    const after = ['Indiescout is running.', 'Try it', 'http://127.0.0.1:', 'Discord', 'Slack', 'Steam']
    const places = [...order, ...after].map((text) => screen.indexOf(text))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(screen.match(/^ {3}https:\/\/store\.steampowered\.com\/app\/\d+$/gm)).toHaveLength(5)
    for (const line of screen.split('\n')) expect(line).not.toMatch(/^\{|^•/)

    program.child.stdin?.write('\u0003')
    expect((await program.ended).output).toContain('stopping on SIGINT')
    expect(await folder.processes()).toEqual([])
  })

  it('writes JSON lines where LOG_FORMAT asks for them', async () => {
    const ended = await folder.run(inTerminal('npm start -- --smoke'), { LOG_FORMAT: 'json' })
    expect(shown(ended.output)).toMatch(/^\{"level":30,.*"msg":"smoke test passed: /m)
    expect(shown(ended.output)).not.toContain('✔')
    expect(ended.code).toBe(0)
  })
})

describe('npm start -- --smoke', () => {
  it('ends with 0 when /recommend was answered, and leaves nothing running', async () => {
    const ended = await folder.run('npm start -- --smoke')
    expect(ended.output).toContain('smoke test passed: /recommend answered with 5 games')
    expect(ended.code).toBe(0)
    expect(await folder.processes()).toEqual([])
  })

  it('ticks off its steps in a terminal', async () => {
    const ended = await folder.run(inTerminal('npm start -- --smoke'))
    expect(shown(ended.output)).toContain('• smoke test passed: /recommend answered with 5 games')
    expect(shown(ended.output)).toContain('✔ Recommender')
    expect(ended.code).toBe(0)
  })

  it.each([
    ['no worker answers', { INFERENCE_URL: 'http://127.0.0.1:1' }, 'error: smoke test failed: inference: '],
    ['a setting is wrong', { LOG_FORMAT: 'xml' }, 'LOG_FORMAT'],
  ])(
    'ends with 1 and one sentence where %s',
    async (_why, env, sentence) => {
      const ended = await folder.run('npm start -- --smoke', env)
      expect(ended.output).toContain(sentence)
      expect(ended.code).toBe(1)
    },
    300_000,
  )

  it('ends with 1 and one sentence where the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const ended = await folder.run('npm start -- --smoke', { HTTP_PORT: String(port) })
    taken.close()
    expect(ended.output).toContain(`error: port ${port} on 127.0.0.1 is taken`)
    expect(ended.code).toBe(1)
  })
})
