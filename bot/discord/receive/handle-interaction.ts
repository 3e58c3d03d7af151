import { setTimeout as delay } from 'node:timers/promises'
import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
} from 'discord.js'
import { decodeAction } from '../../../core/action.ts'
import type { App } from '../../../core/app.ts'
import { note } from '../../../core/cards/cards.ts'
import type { CommandRequest } from '../../../core/command-request.ts'
import { findCommand } from '../../../core/commands/catalogue.ts'
import type { Choice, OptionSpec, Suggests } from '../../../core/commands/spec.ts'
import { errorFields, type Log, newReference } from '../../../core/log.ts'
import { parseCommand, type Values } from '../../../core/parsing/parse.ts'
import type { Reply } from '../../../core/reply.ts'
import { clip } from '../../platform/outbound-text.ts'
import { LIMITS } from '../render/limits.ts'
import { tell, wholeMessage } from '../render/message.ts'
import {
  discordFields,
  isAlreadyAcknowledged,
  isArchived,
  isUnreachable,
  patiently,
} from '../send/failure.ts'
import { post, withdraw } from '../send/shares.ts'
import { type Answerable, ownChannelsOf, requesterOf } from './requester.ts'
import { discordSyntax } from './syntax.ts'

export type HandlerDeps = {
  readonly app: Pick<App, 'handle' | 'suggest' | 'undelivered' | 'withdrawn' | 'strings' | 'removed'>
  readonly log: Log
}

/** A completion has three seconds in all, and is of no use to somebody who has typed on. */
const SUGGEST_MS = 1500

/** One command, press or completion from its acknowledgement to its end. Never throws. */
export async function handleInteraction(interaction: Interaction, talk: HandlerDeps): Promise<void> {
  if (interaction.isAutocomplete()) return complete(interaction, talk)
  if (!interaction.isChatInputCommand() && !interaction.isButton()) return
  try {
    if (interaction.isButton()) await onPress(interaction, talk)
    else await onCommand(interaction, talk)
  } catch (error) {
    await apologise(interaction, error, talk)
  }
}

async function onCommand(interaction: ChatInputCommandInteraction, { app, log }: HandlerDeps): Promise<void> {
  await acknowledge(() => interaction.deferReply({ flags: MessageFlags.Ephemeral }))
  const requester = requesterOf(interaction)
  const parsed = parseCommand(
    nameOf(interaction),
    valuesOf(interaction),
    requester,
    discordSyntax({ locale: requester.locale, isOwnChannel: ownChannelsOf(interaction) }),
  )
  const request: CommandRequest = parsed.ok
    ? parsed.request
    : { ...requester, kind: 'unclear', problem: parsed.problem }
  await show(interaction, await app.handle(request), log)
}

async function onPress(interaction: ButtonInteraction, talk: HandlerDeps): Promise<void> {
  await acknowledge(() => interaction.deferUpdate())
  const action = decodeAction(interaction.customId)
  const requester = requesterOf(interaction)
  if (!action) {
    const { notices } = await talk.app.strings(requester)
    return tell(interaction, note('aside', notices.oldButton), talk.log)
  }
  const request: CommandRequest = { ...requester, kind: 'press', action, event: interaction.id }
  const reply = await talk.app.handle(request)
  switch (reply.delivery) {
    case 'answer':
      return show(interaction, reply, talk.log)
    case 'aside':
      return tell(interaction, reply, talk.log)
    case 'channel':
      return post(interaction, request, reply, talk)
    case 'withdrawal':
      return withdraw(interaction, request, reply, talk)
  }
}

/** Discord forgets an interaction after three seconds, and fixes now who will see the answer. */
async function acknowledge(defer: () => Promise<unknown>): Promise<void> {
  await patiently.execute(defer).catch((error: unknown) => {
    if (!isAlreadyAcknowledged(error)) throw error
  })
}

/** Puts the answer in its place; the same edit twice does no harm. */
async function show(interaction: Answerable, reply: Reply, log: Log): Promise<void> {
  const message = await wholeMessage(reply, log)
  // `attachments` are those that stay of the replaced message; discord.js adds the new ones to this very array.
  await patiently.execute(() => interaction.webhook.editMessage('@original', { ...message, attachments: [] }))
}

/** The player learns the reference under which the log tells what happened, as far as Discord still lets us through. */
async function apologise(interaction: Answerable, error: unknown, { app, log }: HandlerDeps): Promise<void> {
  const reference = newReference()
  if (isArchived(error)) {
    log('warn', 'could not answer in an archived or locked thread', { reference, ...discordFields(error) })
    return
  }
  const level = isUnreachable(error) ? 'warn' : 'error'
  log(level, 'a Discord exchange failed', { reference, ...discordFields(error), ...errorFields(error) })
  if (isUnreachable(error)) return
  const { failures } = await app.strings(requesterOf(interaction))
  const apology = note('aside', failures.ours(reference))
  const speak = () =>
    interaction.isButton() ? tell(interaction, apology, log) : show(interaction, apology, log)
  await speak().catch((again: unknown) =>
    log('warn', 'could not tell the player', { reference, ...discordFields(again), ...errorFields(again) }),
  )
}

/** No suggestion is a fine suggestion: a completion never fails in front of the player. */
async function complete(interaction: AutocompleteInteraction, talk: HandlerDeps): Promise<void> {
  const found = await suggestions(interaction, talk)
  const choices = found
    .filter((choice) => choice.value !== '' && choice.value.length <= LIMITS.choiceValue)
    .slice(0, LIMITS.choices)
    .map((choice) => ({ name: clip(choice.name, LIMITS.choiceName) || choice.value, value: choice.value }))
  await interaction
    .respond(choices)
    .catch((error: unknown) =>
      talk.log('warn', 'autocomplete failed', { ...discordFields(error), ...errorFields(error) }),
    )
}

async function suggestions(
  interaction: AutocompleteInteraction,
  { app, log }: HandlerDeps,
): Promise<readonly Choice[]> {
  try {
    // Throws where Discord names no option.
    const { name, value } = interaction.options.getFocused(true)
    const what = suggestedFor(nameOf(interaction), name)
    if (what === undefined) return []
    const late = delay(SUGGEST_MS, [], { ref: false })
    return await Promise.race([app.suggest(what, value), late])
  } catch (error) {
    log('warn', 'no suggestions', errorFields(error))
    return []
  }
}

function suggestedFor(command: string, name: string): Suggests | undefined {
  const options: readonly OptionSpec[] = findCommand(command)?.options ?? []
  return options.find((option) => option.name === name)?.suggests
}

/** With its subcommand, as it stands in the catalogue: `digest list`. */
function nameOf({ commandName, options }: ChatInputCommandInteraction | AutocompleteInteraction): string {
  const subcommand = options.getSubcommand(false)
  return subcommand === null ? commandName : `${commandName} ${subcommand}`
}

/** Those of a subcommand stand beneath it. */
function valuesOf({ options }: ChatInputCommandInteraction): Values {
  const given = options.data.flatMap((option) => option.options ?? [option])
  return Object.fromEntries(
    given
      .filter(({ type }) => type !== ApplicationCommandOptionType.Subcommand)
      .map(({ name, value }) => [name, value]),
  )
}
