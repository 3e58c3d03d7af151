import { clip } from '../formats.ts'
import type { Topic } from '../language.ts'
import { count, games, plural } from './text.ts'

export const account: Topic<'account' | 'privacy'> = {
  account: {
    linked: (steamId) => `Linked to Steam account ${steamId}.`,
    unproven:
      'It’s used for your picks from now on. Verify that it’s yours: otherwise the link expires after 30 days, and others can link it too.',
    signIn: 'Sign in through Steam to verify it',
    signInNote: (minutes) =>
      `The link is only for you and works for ${minutes} minutes. You enter your password on Steam’s own page.`,
    code: (code, minutes) =>
      `To verify it, add the code ${code} to your Steam profile name (Steam → Profile → Edit Profile → General), then press the button within ${minutes} minutes. You can change your name back afterwards.`,
    check: '🔎 Check my name',
    notInName: (code, name) =>
      `That profile’s name is “${clip(name, 40)}”, without the code ${code}. Steam can take a minute to show a new name; press the button again then.`,
    proven: (steamId) => `Verified: ${steamId} is yours. You can change your profile name back now.`,
    alreadyVerified: (steamId) => `${steamId} is already linked and verified.`,
    unlinked: 'Your Steam account is no longer linked.',
    notLinked: 'You haven’t linked a Steam account.',
  },
  privacy: {
    head: 'What’s stored about you, and why',
    noLink:
      'Steam account: none linked. A Steam ID you type is used for the answer and isn’t stored with your name.',
    provenLink: (steamId, day, command) =>
      `Steam account: ${steamId}, linked on ${day} and verified, so you don’t have to type it. Kept until you run ${command('unlink')}.`,
    unprovenLink: (steamId, lastDay, command) =>
      `Steam account: ${steamId}, linked but not verified, used for your own picks only. Kept until ${lastDay}, or until you run ${command('unlink')}.`,
    locale: (language) =>
      language === undefined ? 'Language: none chosen.' : `Language: ${language}, since you chose it.`,
    opinions: (n, presses, days) =>
      `Ratings: of ${games(n)}, to improve your picks; kept until you undo them. Button presses: ${count(presses)}, to measure how good picks are; each is kept for ${count(days)} days.`,
    answers: (n, days) =>
      `Answers: ${count(n)}, and what you shared of them, so that buttons keep working and picks don’t repeat; each is kept for ${count(days)} days.`,
    commands: (n, days) =>
      `Commands: ${plural(n, 'entry', 'entries')} with the time, the command and whether it worked, never what you typed; each is kept for ${count(days)} days.`,
    library: ({ agreed, lastDay, days }) => {
      if (agreed)
        return lastDay === undefined
          ? `Library: your games are fetched from Steam every week, because you agreed to training. Only the latest copy is kept, for up to ${count(days)} days.`
          : `Library: your games as Steam listed them, for when Steam is down and, because you agreed, for training. It’s replaced every week; this copy is deleted by ${lastDay}.`
      return lastDay === undefined
        ? `Libraries: the games of a Steam account are kept for ${count(days)} days, for when Steam is down, without a record of who asked.`
        : `Library: your games as Steam listed them, for when Steam is down; deleted by ${lastDay}.`
    },
    digests: (n) =>
      `Digests: ${count(n)} that you set up. Your name is stored with each so that you can be told when it pauses; kept until it’s removed.`,
    community: (agreed, command) =>
      agreed
        ? `Community: your games count, without your name, for this community’s weekly digests. ${command('privacy', { community: 'no' })} turns that off.`
        : `Community: your games don’t count for this community’s weekly digests. ${command('privacy', { community: 'yes' })} lets them count, without your name.`,
    training: (agreed, n, command) =>
      agreed
        ? `Training: the recommender learns from your games and ratings, without your name; ${games(n)} so far. ${command('privacy', { training: 'no' })} deletes them right away, and the next model is trained without them.`
        : `Training: the recommender doesn’t learn from your games${n === 0 ? '' : `, except ${games(n)} of your account that were imported from a file; ${command('privacy', { training: 'no' })} deletes them`}. ${command('privacy', { training: 'yes' })} lets it, without your name.`,
    rest: (command, placeKind) =>
      `The settings of a ${placeKind} are kept until the app is removed${placeKind === 'workspace' ? '; then everything about its members is deleted too' : ''}. Messages are never read. ${command('export')} sends you everything as a file, ${command('forget-me')} deletes it.`,
    exported: 'Here’s everything stored about you.',
    forgetAsk: (command) =>
      `This permanently deletes your linked account, settings, ratings, answers and command history. Run ${command('export')} first if you want a copy. Posts you shared stay in their channels, without your name; unshare them first to remove them too. Delete everything?`,
    forget: '🗑 Delete everything',
    forgotten: 'Done. Nothing about you is stored anymore.',
  },
}
