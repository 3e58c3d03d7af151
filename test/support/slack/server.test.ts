import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { replies } from '../builders/replies.ts'
import { messageFaults } from './blocks.ts'
import { startSlackBot } from './bot.ts'
import { commandPayload, pressPayload } from './payloads.ts'
import { openTurn, takeAnswer } from './responses.ts'
import { type SlackServer, startSlackServer } from './server.ts'
import { answerFaults, callFaults } from './web-api.ts'

/** A stand-in that lets everything pass would prove nothing: here it is held to Slack's rules itself. */

let slack: SlackServer | undefined

afterEach(async () => {
  await slack?.close().catch(() => {})
  slack = undefined
})

function shape(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../../fixtures/slack/shape_${name}.json`, import.meta.url), 'utf8'))
}

describe('the stand-in for Slack', () => {
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
  const button = (id: string) => ({ type: 'button', text: { type: 'plain_text', text: 'Go' }, action_id: id })
  const image = { type: 'image', image_url: 'https://a.example/i.jpg' }
  it.each([
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    ['a long text', [section('x'.repeat(3001))]],
    ['an empty text', [section('')]],
    ['a bare ampersand', [section('a & b')]],
    ['a mention', [section('<!channel>')]],
    ['a stray bracket', [section('a > b')]],
    ['an escape cut in two', [section('a &am')]],
    ['the same action twice', [{ type: 'actions', elements: [button('a'), button('a')] }]],
    ['a picture without words', [{ ...section('x'), accessory: image }]],
    ['a block that Slack does not know', [{ type: 'card' }]],
    ['an unknown field', [{ ...section('x'), colour: 'red' }]],
  ])('refuses %s', (_what, blocks) => {
    expect(messageFaults({ text: 'x', blocks, response_type: 'ephemeral' })).not.toEqual([])
  })

  it('lets a person be mentioned in private alone', () => {
    const message = { text: 'x', blocks: [section('<@U111>')] }
    expect(messageFaults({ ...message, response_type: 'ephemeral' })).toEqual([])
    expect(messageFaults({ ...message, response_type: 'in_channel' })).not.toEqual([])
  })

  it('deletes what was pressed, once, where that is all it is asked for', async () => {
    const message = {
      seenBy: 'everybody',
      replacesOriginal: false,
      text: 'x',
      words: 'x',
      blocks: [],
      buttons: [],
    }
    const source = { message, among: [message] }
    const turn = openTurn('U1', 0, source)
    const body = JSON.stringify({ delete_original: true })
    const withWords = JSON.stringify({
      delete_original: true,
      text: 'x',
      blocks: [],
      response_type: 'ephemeral',
    })
    expect(takeAnswer(turn, withWords, 0)).toMatchObject({ status: 400, faults: [expect.anything()] })
    expect(source.among).toHaveLength(1)
    expect(takeAnswer(turn, body, 0)).toEqual({ status: 200, body: 'ok', faults: [] })
    expect(source.among).toEqual([])
    expect(takeAnswer(turn, body, 0)).toEqual({ status: 404, body: 'message_not_found', faults: [] })
    expect(takeAnswer(openTurn('U1', 0, undefined), body, 0)).toMatchObject({
      status: 404,
      faults: ['deletes where no button was pressed'],
    })
  })

  it('knows the Web API by its description', () => {
    const form = (fields: Record<string, string>) => new URLSearchParams(fields)
    expect(callFaults({ method: 'chat.postMessage', token: 'x', form: form({ text: 'a' }) })).toEqual([
      'chat.postMessage: channel is missing',
    ])
    expect(callFaults({ method: 'auth.test', token: 'x', form: form({ colour: 'red' }) })).toEqual([
      'auth.test takes no colour',
    ])
    expect(callFaults({ method: 'chat.shout', token: 'x', form: form({}) })).toEqual([
      'there is no method chat.shout',
    ])
    expect(answerFaults('auth.test', { ok: true })).not.toEqual([])
  })

  it('sends nothing that Slack has not been seen to send', () => {
    const command = commandPayload('/recommend', 'x', {
      user: 'U777',
      responseUrl: 'http://127.0.0.1/',
    })
    expect(Object.keys(shape('SlashCommandPayload'))).toEqual(expect.arrayContaining(Object.keys(command)))
    const press = pressPayload({
      actionId: 'a',
      value: 'b',
      label: 'c',
      user: 'U777',
      responseUrl: 'http://127.0.0.1/',
    })
    const known = Object.keys(shape('BlockActionPayload'))
    expect(known).toEqual(expect.arrayContaining(Object.keys(press)))
    expect(Object.keys(shape('apps.connections.open'))).toEqual(expect.arrayContaining(['ok', 'url']))
  })

  it('ends with what the app did wrong', async () => {
    slack = await startSlackServer({ mode: 'socket' })
    await fetch(`${slack.options.apiUrl}chat.shout`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    })
    await expect(slack.close()).rejects.toThrow('there is no method chat.shout')
    slack = undefined
  })

  it('takes five answers to a command and no sixth', async () => {
    const bot = await startSlackBot('socket', () => replies.problem)
    slack = bot.slack
    await slack.command('/recommend', 'gabelogannewell')
    const url = slack.lastResponseUrl()
    const body = JSON.stringify({ text: 'x', blocks: [], response_type: 'ephemeral' })
    const answers = []
    for (let count = 0; count < 5; count += 1) answers.push(await fetch(url, { method: 'POST', body }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 404])
    expect(await answers.at(-1)?.text()).toBe('used_url')
    await expect(bot.close()).rejects.toThrow('a sixth answer')
    slack = undefined
  })
})
