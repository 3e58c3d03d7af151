import type { Db } from '../postgres/connect.ts'
import { type Seal, type Sealed, Unopened } from './seal.ts'

/** A workspace that has installed the app, and what it granted. */
type Installation = {
  readonly team: string
  readonly token: string
  readonly scopes: readonly string[]
}

/** What `survey` saw; `unreadable`: their key is not configured any more, or the row is damaged. */
type Survey = {
  readonly workspaces: readonly { readonly scopes: readonly string[] }[]
  readonly unreadable: number
}

export type Installations = {
  /** Replaces what the workspace had before. */
  save(installation: Installation): Promise<void>
  /** Undefined where the workspace has not installed the app. Throws `Unopened`. */
  tokenOf(team: string): Promise<string | undefined>
  /** Forgets a workspace, unless it has installed the app again since then. */
  remove(team: string, at: Date): Promise<void>
  survey(): Promise<Survey>
  /** Encrypts by the present key what an older one has encrypted. Returns how many. */
  renew(): Promise<number>
}

export function createInstallations(db: Db, seal: Seal): Installations {
  const rows = () =>
    db
      .selectFrom('warehouse.slack_installation')
      .select(['team', 'key_id', 'token', 'scopes'])
      .orderBy('team')

  return {
    async save({ team, token, scopes }) {
      const { keyId, bytes } = seal.seal(token, aboutOf(team))
      const row = { key_id: keyId, token: bytes, scopes: [...scopes], installed_at: new Date() }
      await db
        .insertInto('warehouse.slack_installation')
        .values({ team, ...row })
        .onConflict((conflict) => conflict.column('team').doUpdateSet(row))
        .execute()
    },

    async tokenOf(team) {
      const row = await rows().where('team', '=', team).executeTakeFirst()
      return row && seal.open(sealedOf(row), aboutOf(team))
    },

    async remove(team, at) {
      await db
        .deleteFrom('warehouse.slack_installation')
        .where('team', '=', team)
        .where('installed_at', '<=', at)
        .execute()
    },

    async survey() {
      const all = await rows().execute()
      const unreadable = all.filter((row) => opened(seal, row) === undefined).length
      return { workspaces: all.map(({ scopes }) => ({ scopes })), unreadable }
    },

    async renew() {
      const old = await rows().where('key_id', '!=', seal.keyId).execute()
      let renewed = 0
      for (const row of old) {
        const token = opened(seal, row)
        if (token === undefined) continue
        const { keyId, bytes } = seal.seal(token, aboutOf(row.team))
        await db
          .updateTable('warehouse.slack_installation')
          .set({ key_id: keyId, token: bytes })
          .where('team', '=', row.team)
          // Not what was installed anew in the meantime.
          .where('token', '=', row.token)
          .execute()
        renewed += 1
      }
      return renewed
    },
  }
}

type Row = { readonly team: string; readonly key_id: string; readonly token: Buffer }

function sealedOf({ key_id, token }: Row): Sealed {
  return { keyId: key_id, bytes: token }
}

function aboutOf(team: string): string {
  return `slack:${team}`
}

function opened(seal: Seal, row: Row): string | undefined {
  try {
    return seal.open(sealedOf(row), aboutOf(row.team))
  } catch (error) {
    if (error instanceof Unopened) return undefined
    throw error
  }
}
