import { randomBytes, randomInt } from 'node:crypto'
import { note } from '../../cards/cards.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Requester, RequestOf } from '../../command-request.ts'
import type { SteamId } from '../../ids.ts'
import type { Accounts, Pending } from '../../players/accounts.ts'
import type { Profiles } from '../../players/library.ts'
import type { Block, Button, Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'
import { explained, explainedAside, withNotes } from '../answering.ts'
import { otherMeaning } from '../other-meaning.ts'

type AccountPorts = { readonly accounts: Accounts }

export type ProvingPorts = AccountPorts & { readonly profiles: Profiles }

export type LinkPorts = ProvingPorts & {
  readonly catalogue: Catalogue
  readonly now: () => Date
  /** Where to prove a link by signing in to Steam; undefined where this program has no public address. */
  readonly loginUrl?: ((code: string) => string) | undefined
}

/** Time to sign in, or to change a name and to wait until Steam shows it. */
const CODE_MINUTES = 15

/** Letters and digits that nobody mistakes for one another. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LETTERS_IN_CODE = 10

/** `/link`: somebody says that a Steam account is theirs, and is told how to prove it. */
export async function link(ports: LinkPorts, request: RequestOf<'link'>, strings: Strings): Promise<Reply> {
  const { typed, target } = request
  if (!target) return explained({ kind: 'bad-steam-id', asked: typed }, strings)
  const { notices } = strings
  const meant = await otherMeaning(ports.catalogue, request, strings)
  const steamId = await ports.profiles.identify(target)
  if (steamId === undefined)
    return withNotes(explained({ kind: 'no-profile' }, strings), ...meant.map(notices.orMeant))
  const pending = { user: request.user, steamId, code: ports.loginUrl ? signInCode() : nameCode() }
  const until = new Date(ports.now().getTime() + CODE_MINUTES * 60_000)
  switch (await ports.accounts.startLink(pending, until)) {
    case 'started':
      return withNotes(howToProve(ports, pending, strings), ...meant.map(() => notices.accountCalled(typed)))
    case 'taken':
      return explained({ kind: 'account-taken' }, strings)
    case 'proven':
      return provenAlready(ports, pending, strings)
  }
}

async function provenAlready(
  { accounts }: AccountPorts,
  { user, steamId }: Pending,
  strings: Strings,
): Promise<Reply> {
  const linked = (await accounts.link(user))?.steamId ?? steamId
  return linked === steamId
    ? note('answer', strings.account.alreadyVerified(steamId))
    : explained({ kind: 'unlink-first', steamId: linked }, strings)
}

function howToProve({ loginUrl }: LinkPorts, { steamId, code }: Pending, strings: Strings): Reply {
  const { account } = strings
  const check: Button = { label: account.check, action: { verb: 'prove' }, disabled: false }
  const way: Block[] = loginUrl
    ? [
        { kind: 'text', text: [{ link: account.signIn, href: loginUrl(code) }] },
        { kind: 'hint', text: [account.signInNote(CODE_MINUTES)] },
      ]
    : [{ kind: 'text', text: [account.code(code, CODE_MINUTES)] }]
  return {
    ...note('answer', account.linked(steamId), loginUrl ? [] : [check]),
    blocks: [{ kind: 'text', text: [{ bold: account.linked(steamId) }, ` ${account.unproven}`] }, ...way],
  }
}

/** The button under the code: has the owner of the account put it into the profile's name? */
export async function proveByName(
  ports: ProvingPorts,
  { user }: Requester,
  strings: Strings,
): Promise<Reply> {
  const pending = await ports.accounts.pending({ user })
  if (!pending) return noneToProve(ports, user, strings)
  const name = (await ports.profiles.personaName(pending.steamId)) ?? ''
  if (!name.toUpperCase().includes(pending.code))
    return note('aside', strings.account.notInName(pending.code, name))
  switch (await ports.accounts.prove(pending)) {
    case 'proven':
      return note('answer', strings.account.proven(pending.steamId))
    case 'taken':
      return explainedAside({ kind: 'account-taken' }, strings)
    case 'expired':
      return explainedAside({ kind: 'code-expired' }, strings)
  }
}

/** Pressed a second time, or too late. */
async function noneToProve(
  { accounts }: AccountPorts,
  user: Pending['user'],
  strings: Strings,
): Promise<Reply> {
  const linked = await accounts.link(user)
  return linked?.proven
    ? note('answer', strings.account.alreadyVerified(linked.steamId))
    : explainedAside({ kind: 'code-expired' }, strings)
}

/** Steam says who signed in under the address with this code. */
export async function proveBySignIn(
  { accounts }: AccountPorts,
  pending: Pending,
  signedIn: SteamId,
): Promise<'proven' | 'taken' | 'expired' | 'wrong-account'> {
  return signedIn === pending.steamId ? accounts.prove(pending) : 'wrong-account'
}

/** `/unlink`. */
export async function unlink(
  { accounts }: AccountPorts,
  { user }: Requester,
  { account }: Strings,
): Promise<Reply> {
  return note('answer', (await accounts.unlink(user)) ? account.unlinked : account.notLinked)
}

/** In an address, where nobody types it. */
function signInCode(): string {
  return randomBytes(32).toString('base64url')
}

/** Read and typed by people, and public while it stands in a name: it proves something for its one user alone. */
function nameCode(): string {
  const letters = Array.from({ length: LETTERS_IN_CODE }, () => LETTERS[randomInt(LETTERS.length)])
  return `IS-${letters.join('')}`
}
