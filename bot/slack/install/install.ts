import type { IncomingMessage, ServerResponse } from 'node:http'
import { ErrorCode, type Installation, InstallProvider } from '@slack/oauth'
import type { FastifyInstance } from 'fastify'
import { parseLocale } from '../../../core/locale.ts'
import { errorFields, type Log, newReference } from '../../../core/log.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { PAGE_HEADERS, renderPage } from '../../platform/web-page.ts'
import { boltLog } from '../receive/bolt-log.ts'
import { teamId } from '../receive/payload.ts'
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../setup/manifest.ts'
import { addressAt, INSTALL_PATH, REDIRECT_PATH } from './addresses.ts'

export type SlackInstall = {
  readonly clientId: string
  readonly clientSecret: string
  readonly stateSecret: string
  /** https, without which Slack sends nobody back. */
  readonly publicUrl: string
  /** With its path: `https://slack.com/api/`. */
  readonly apiUrl: string
  readonly save: (installation: Installed) => Promise<void>
  readonly log: Log
}

type Installed = { readonly team: string; readonly token: string; readonly scopes: readonly string[] }

/** Slack takes long for neither; a person waits. */
const PATIENCE = { retryConfig: { retries: 1, minTimeout: 300 }, timeout: 10_000 }

/** Only what is wrong with a request is told by its status; Slack's own refusals are no fault of the browser's. */
type Told = { readonly status: number; readonly sentence: string }

/**
 * Installs the app into workspaces. What comes back from Slack counts only with the state that this browser was sent away
 * with. https://docs.slack.dev/authentication/installing-with-oauth
 */
export function mountSlackInstall(server: FastifyInstance, install: SlackInstall): void {
  const provider = createProvider(install)
  const options = {
    scopes: [...NEEDED_SCOPES, ...OPTIONAL_SCOPES],
    redirectUri: addressAt(install.publicUrl, REDIRECT_PATH),
  }
  server.get(INSTALL_PATH, async (request, reply) => {
    reply.hijack()
    await provider.handleInstallPath(request.raw, reply.raw, {}, options)
  })
  server.get(REDIRECT_PATH, async (request, reply) => {
    reply.hijack()
    const tell = (told: Told) => send(request.raw, reply.raw, told)
    await provider.handleCallback(request.raw, reply.raw, {
      afterInstallation: async (installation) => {
        if (readInstalled(installation)) return true
        tell({ status: 400, sentence: wordsOf(request.raw).install.wholeOrganisation })
        return false
      },
      success: () => tell({ status: 200, sentence: wordsOf(request.raw).install.done }),
      failure: (error) => tell(explain(error, request.raw, install.log)),
    })
  })
}

function createProvider({ clientId, clientSecret, stateSecret, apiUrl, save, log }: SlackInstall) {
  const logger = boltLog(log)
  return new InstallProvider({
    ...{ clientId, clientSecret, stateSecret, logger, directInstall: true },
    authorizationUrl: new URL('../oauth/v2/authorize', apiUrl).href,
    clientOptions: { slackApiUrl: apiUrl, ...PATIENCE },
    installationStore: {
      async storeInstallation(installation) {
        const installed = readInstalled(installation)
        if (!installed) throw new Error('Slack told of no workspace')
        await save(installed)
        log('info', 'installed the app in a Slack workspace', { place: `slack:${installed.team}` })
      },
      fetchInstallation: async () => {
        throw new Error('tokens are read elsewhere')
      },
    },
  })
}

/** Undefined for a whole organisation, whose workspaces are not told, and where no bot was granted. */
function readInstalled({
  team,
  bot,
  isEnterpriseInstall,
}: Installation<'v1' | 'v2', boolean>): Installed | undefined {
  const { data } = teamId.safeParse(team?.id)
  if (isEnterpriseInstall || data === undefined || !bot) return undefined
  return { team: data, token: bot.token, scopes: bot.scopes }
}

function explain(error: Error & { readonly code: string }, request: IncomingMessage, log: Log): Told {
  const { install } = wordsOf(request)
  switch (error.code) {
    case ErrorCode.AuthorizationError:
      return { status: 200, sentence: install.cancelled }
    case ErrorCode.MissingStateError:
    case ErrorCode.InvalidStateError:
    case ErrorCode.MissingCodeError:
      return { status: 400, sentence: install.expired }
    default: {
      const reference = newReference()
      log('error', 'could not install the app in a Slack workspace', { reference, ...errorFields(error) })
      return { status: 502, sentence: install.failed(reference) }
    }
  }
}

function send(request: IncomingMessage, response: ServerResponse, { status, sentence }: Told): void {
  const strings = wordsOf(request)
  const page = renderPage({ language: strings.locale, title: strings.install.title, sentence })
  response.writeHead(status, PAGE_HEADERS).end(page)
}

function wordsOf({ headers }: IncomingMessage) {
  return stringsIn(parseLocale(headers['accept-language']?.split(/[,;]/)[0]))
}
