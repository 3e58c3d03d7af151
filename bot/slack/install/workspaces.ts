import type { Log } from '../../../core/log.ts'
import { createInstallations, type Installations } from '../../../db/people/installations.ts'
import { createSeal } from '../../../db/people/seal.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import type { SlackConfig } from '../../config/slack.ts'
import type { Access } from './access.ts'
import { addressAt, INSTALL_PATH } from './addresses.ts'
import type { SlackInstall } from './install.ts'

/** Whose tokens speak for us, and how workspaces come to bring theirs. */
export type Workspaces = { readonly access: Access; readonly install: SlackInstall | undefined }

/** Brings stored tokens under the present key, so that an older one can be dropped after a start. */
export async function openWorkspaces({ access, apiUrl }: SlackConfig, db: Db, log: Log): Promise<Workspaces> {
  if (access.kind === 'token') return { access, install: undefined }
  const installations = installationsOf(access.encryptionKeys, db)
  await renew(installations, log)
  log('info', 'Slack workspaces can install the app here', { url: addressAt(access.publicUrl, INSTALL_PATH) })
  return {
    access: { kind: 'installed', tokenOf: installations.tokenOf, forget: installations.remove },
    install: { ...access, apiUrl, log, save: installations.save },
  }
}

export function installationsOf(encryptionKeys: readonly Buffer[], db: Db): Installations {
  return createInstallations(db, createSeal(encryptionKeys))
}

async function renew(installations: Installations, log: Log): Promise<void> {
  const renewed = await installations.renew()
  if (renewed > 0) log('info', 'encrypted stored Slack tokens with the current key', { workspaces: renewed })
  const { unreadable } = await installations.survey()
  if (unreadable > 0) {
    log(
      'error',
      'tokens of Slack workspaces cannot be read: their key is missing from TOKEN_ENCRYPTION_KEY',
      {
        workspaces: unreadable,
      },
    )
  }
}
