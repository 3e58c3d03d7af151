import type { Topic } from '../language.ts'

export const webPages: Topic<'signIn' | 'install'> = {
  signIn: {
    title: 'Indiescout: verify your Steam account',
    explain: (platform, account, steamId) =>
      `The ${platform} account ${account} says that the Steam account ${steamId} is theirs.`,
    warn: 'Only continue if you asked for this yourself a moment ago. If somebody sent you this link, close the page: signing in would connect your account to theirs.',
    go: 'Sign in through Steam',
    proven: (steamId) => `Verified: ${steamId} is yours. You can close this page and go back to the chat.`,
    wrongAccount: (steamId) =>
      `You signed in with a different Steam account than ${steamId}, the one you linked. Sign in with that one, or link the other.`,
    refused: 'This link has expired. Go back to the chat and run link again.',
    steamAway: 'Steam isn’t answering. Try again in a few minutes.',
  },
  install: {
    title: 'Indiescout in your Slack workspace',
    done: 'Installed. Go back to Slack and type /recommend in any channel.',
    cancelled: 'Nothing was installed.',
    expired: 'This link has expired. Start the installation again in this browser.',
    wholeOrganisation:
      'Indiescout is installed for one workspace at a time, not for a whole organization. Start again and choose a workspace.',
    failed: (reference) =>
      `The installation didn’t finish. Try again in a few minutes; if it keeps failing, send whoever runs Indiescout this reference: ${reference}.`,
  },
}
