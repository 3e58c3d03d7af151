import { afterEach, expect, it } from 'vitest'
import { testDatabaseAt } from '../../support/postgres/database.ts'
import { startProgram } from '../../support/program.ts'
import { type FreshFolder, freshFolder } from '../../support/programs/fresh-folder.ts'

let folder: FreshFolder | undefined
afterEach(() => folder?.remove())

const start = async (how: string) => {
  folder = await freshFolder()
  return folder.start(`exec node_modules/.bin/node test/support/programs/failing-program.ts ${how}`)
}

it('rejections that nobody awaits are logged and counted, and the program lives on', async () => {
  const running = await start('reject')
  await running.said('still here')
  expect(running.output).toContain('"counted":5')
  expect(running.output.match(/unhandled rejection/g)).toHaveLength(5)
  expect(running.output).toContain('nobody waits')
  running.child.kill('SIGTERM')
  expect((await running.ended).code).toBe(0)
  expect(running.output).toContain('the part is closed')
})

it('an error that nothing caught closes everything, and is no proper end', async () => {
  const { code, output } = await (await start('throw')).ended
  expect(code).toBe(1)
  expect(output).toContain('error: thrown outside')
  expect(output).toContain('the part is closed')
})

it('a bug is logged with its stack, and told by a reference to that line alone', async () => {
  const { code, output } = await (await start('bug')).ended
  expect(code).toBe(1)
  const reference = /error: something is wrong in Indiescout itself \(reference (\w+)\)/.exec(output)?.[1]
  const line = output.split('\n').find((each) => each.includes(`"reference":"${reference}"`))
  expect(line).toContain("Cannot read properties of undefined (reading 'name')")
  expect(line).toContain('failing-program.ts:')
  expect(output.match(/Cannot read properties/g)?.length).toBe(line?.match(/Cannot read properties/g)?.length)
  expect(output).toContain('the part is closed')
})

it('the count is among the metrics from the first', async () => {
  const program = await startProgram({ DATABASE_URL: (await testDatabaseAt()).url })
  const metrics = await fetch(`${program.url}/metrics`).then((response) => response.text())
  await program.stop()
  expect(metrics).toMatch(/^unhandled_rejections_total 0$/m)
})
