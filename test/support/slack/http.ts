import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { ChannelAnswer, SlackChannels } from './channels.ts'
import type { SlackFiles } from './files.ts'
import type { SlackOAuth } from './oauth.ts'
import { type Turn, takeAnswer } from './responses.ts'
import { type Stage, sendFailure, sendJson } from './stage.ts'
import { answerFaults, type Call, callFaults, identity, type Person, userInfo } from './web-api.ts'

/** Slack's side of HTTP: the Web API under `/api/`, the response URLs under `/respond/`. */

export type HttpSide = {
  readonly stage: Stage
  readonly turns: ReadonlyMap<string, Turn>
  /** What was asked, by the method's name or `response_url`. */
  readonly calls: string[]
  /** Who asked by a token of an installed workspace, in the same order. */
  readonly asked: { readonly method: string; readonly team: string }[]
  readonly oauth: SlackOAuth
  /** The token that a method wants. */
  readonly tokenFor: (method: string) => string
  /** What is known of users; those of whom nothing is are members who speak English. */
  readonly people: ReadonlyMap<string, Person>
  /** What this installation was granted. */
  readonly scopes: () => readonly string[]
  readonly files: SlackFiles
  readonly channels: SlackChannels
  /** A fresh address for Socket Mode. */
  readonly invite: () => string
}

/** What is not called by a method's name. */
const TARGETS: Readonly<Record<string, string>> = { respond: 'response_url', upload: 'upload_url' }

export async function serveHttp(request: IncomingMessage, response: ServerResponse, side: HttpSide) {
  const bytes = await buffer(request)
  const body = bytes.toString()
  const [, area, name = ''] = (request.url ?? '').split('/')
  const target = TARGETS[area ?? ''] ?? name
  const failure = side.stage.nextFailure(target)
  side.calls.push(target)
  countRequest(side, name)
  if (failure !== undefined) {
    const token = request.headers.authorization?.replace(/^Bearer /, '')
    if (failure === 'lost' && area === 'respond') answerTurn(side, name, body)
    else if (failure === 'lost') answerCall(side, { method: name, token, form: new URLSearchParams(body) })
    if (failure !== 'hang') sendFailure(failure, response)
  } else if (area === 'respond') {
    const { status, body: words } = answerTurn(side, name, body)
    response.writeHead(status, { 'content-type': 'text/plain' }).end(words)
  } else if (area === 'upload') {
    response.writeHead(side.files.take(name, bytes), { 'content-type': 'text/plain' }).end()
  } else {
    const token = request.headers.authorization?.replace(/^Bearer /, '')
    response.setHeader('x-oauth-scopes', side.scopes().join(','))
    const answer = answerCall(side, { method: name, token, form: new URLSearchParams(body) })
    if ('retryAfter' in answer) sendFailure({ status: 429, retryAfter: Number(answer.retryAfter) }, response)
    else sendJson(response, answer)
  }
  side.stage.changed()
}

function countRequest({ turns }: HttpSide, id: string): void {
  const turn = turns.get(id)
  if (turn) turn.requests += 1
}

function answerTurn({ stage, turns }: HttpSide, id: string, body: string) {
  const turn = turns.get(id)
  if (!turn) return { status: 404, body: 'no_such_url' }
  const { faults, ...verdict } = takeAnswer(turn, body, stage.now())
  stage.violate(...faults.map((fault) => `an answer was refused: ${fault}`))
  return verdict
}

function answerCall({ stage, tokenFor, ...side }: HttpSide, call: Call): ChannelAnswer {
  stage.violate(...callFaults(call))
  if (call.method === 'oauth.v2.access') return side.oauth.access(call.form)
  const judged = side.oauth.judge(call.token)
  if (judged && 'error' in judged) return { ok: false, ...judged }
  if (judged) side.asked.push({ method: call.method, team: judged.team })
  else if (call.token !== tokenFor(call.method)) return { ok: false, error: 'invalid_auth' }
  const scopes = side.scopes()
  const answer =
    side.files.answer(call, scopes) ??
    side.channels.answer(call, scopes) ??
    answerTo(call, side, judged?.team)
  if (!('retryAfter' in answer)) stage.violate(...answerFaults(call.method, answer))
  return answer
}

type Answering = Pick<HttpSide, 'invite' | 'people' | 'scopes'>

function answerTo({ method, form }: Call, { invite, people, scopes }: Answering, team?: string) {
  switch (method) {
    case 'apps.connections.open':
      return { ok: true, url: invite() }
    case 'users.info':
      return userInfo(form, people, scopes(), team)
    default:
      return identity(team)
  }
}
