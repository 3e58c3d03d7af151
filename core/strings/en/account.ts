import { clip } from '../formats.ts'
import type { Topic } from '../language.ts'
import { count, games, plural } from './text.ts'

export const account: Topic<'account' | 'privacy'> = {
  account: {
    linked: (steamId) => `Linked to Steam account ${steamId}.`,
    unproven:
      'It’s used for your picks from now on. Verify that it’s yours, or the link expires after 30 days and anybody else can link it too.',
    signIn: 'Sign in through Steam to verify it',
    signInNote: (minutes) =>
      `The address is for you alone and good for ${minutes} minutes. Your password stays with Steam.`,
    code: (code, minutes) =>
      `To verify it, put the code ${code} anywhere into your Steam profile name (Steam → Profile → Edit Profile → General), then press the button within ${minutes} minutes. Afterwards you may change your name back.`,
    check: '🔎 Check my name',
    notInName: (code, name) =>
      `The name of that profile is “${clip(name, 40)}”, without the code ${code}. Steam may take a minute to show a new name; then press again.`,
    proven: (steamId) => `Verified: ${steamId} is yours. You may change your profile name back now.`,
    alreadyVerified: (steamId) => `${steamId} is already linked and verified.`,
    unlinked: 'Your Steam account is unlinked.',
    notLinked: 'You haven’t linked a Steam account.',
  },
  privacy: {
    head: 'What is stored about you here, and why',
    noLink:
      'Steam account: none is linked. A Steam ID that you type is used for the answer and is not stored with your name.',
    provenLink: (steamId, day, command) =>
      `Steam account: ${steamId}, linked since ${day} and verified, so you don’t have to type it. Until ${command('unlink')}.`,
    unprovenLink: (steamId, lastDay, command) =>
      `Steam account: ${steamId}, linked but not verified, for your own picks only. Until ${lastDay} or ${command('unlink')}.`,
    locale: (language) =>
      language === undefined ? 'Language: none chosen.' : `Language: ${language}, since you chose it.`,
    opinions: (n, presses, days) =>
      `Opinions: on ${games(n)}, so that picks suit you; until you take them back. ${plural(presses, 'press', 'presses')} behind them, to measure the recommender; each for ${count(days)} days.`,
    answers: (n, days) =>
      `Answers: ${count(n)}, and what you shared of them, so that their buttons go on working and picks do not repeat; each for ${count(days)} days.`,
    commands: (n, days) =>
      `Commands: ${plural(n, 'line', 'lines')} that say when, which command and how it went, never what you typed; each for ${count(days)} days.`,
    library: ({ agreed, lastDay, days }) => {
      if (agreed)
        return lastDay === undefined
          ? `Library: what Steam tells of your account is fetched every week, since you agreed to learning. The last one is kept, for ${count(days)} days at most.`
          : `Library: what Steam told of your account, for when Steam is away and, since you agreed, to learn from. A new one takes its place every week; this one is kept until ${lastDay} at the latest.`
      return lastDay === undefined
        ? `Libraries: what Steam tells of an account is kept for ${count(days)} days, for when Steam is away, without whoever asked for it.`
        : `Library: what Steam told of your account, for when Steam is away; until ${lastDay}.`
    },
    digests: (n) =>
      `Digests: ${count(n)} that you set up for channels. Who did is stored so that you can be told when one pauses; until it is removed.`,
    community: (agreed, command) =>
      agreed
        ? `Community: your games count, without your name, in what the weekly digests pick here. ${command('privacy', { community: 'no' })} takes that back.`
        : `Community: your games do not count in what the weekly digests pick here. ${command('privacy', { community: 'yes' })} lets them count, without your name.`,
    training: (agreed, n, command) =>
      agreed
        ? `Learning: the recommender learns from your games and from what you like or have played, without your name; now from ${games(n)}. ${command('privacy', { training: 'no' })} takes them out at once, and the next model does without them.`
        : `Learning: you have not agreed that the recommender learns from your games${n === 0 ? '' : `, and ${games(n)} of your account came from a file; ${command('privacy', { training: 'no' })} takes them out`}. ${command('privacy', { training: 'yes' })} lets it, without your name.`,
    rest: (command) =>
      `Of a server or workspace, what its managers have set is stored until the app is removed there; with a Slack workspace, everything about its members goes as well. No message is read. ${command('export')} gives you everything as a file, ${command('forget-me')} deletes it.`,
    exported: 'Here is everything that is stored about you.',
    forgetAsk: (command) =>
      `This deletes your linked account, settings, opinions, answers and command history for good. ${command('export')} gives you a copy first. Posts that you shared stay in their channels, without your name; to have them gone too, take them back first. Delete everything?`,
    forget: '🗑 Delete everything',
    forgotten: 'Done. Nothing about you is stored here anymore.',
  },
}
