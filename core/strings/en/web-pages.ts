import type { Topic } from '../language.ts'

export const webPages: Topic<'signIn' | 'install'> = {
  signIn: {
    title: 'Indiescout: verify your Steam account',
    explain: (platform, account, steamId) =>
      `The ${platform} account ${account} says that the Steam account ${steamId} is theirs.`,
    warn: 'Go on only if you asked for this yourself a moment ago. If somebody sent you this address, close the page: signing in would make your account count as theirs.',
    go: 'Sign in through Steam',
    proven: (steamId) => `Verified: ${steamId} is yours. You can close this page and go back to the chat.`,
    wrongAccount: (steamId) =>
      `You signed in to another Steam account than ${steamId}, the one that you linked. Sign in to that one, or link the other.`,
    refused: 'This address is no longer good. Go back to the chat and use link again.',
    steamAway: 'Steam isn’t answering. Please try again in a few minutes.',
  },
  install: {
    title: 'Indiescout in your Slack workspace',
    done: 'Installed. Go back to Slack and type /recommend in any channel.',
    cancelled: 'Nothing was installed.',
    expired: 'This address is no longer good. Please start the installation again in this browser.',
    wholeOrganisation:
      'Indiescout is installed for one workspace at a time, not for a whole organization. Please start again and choose a workspace.',
    failed: (reference) =>
      `The installation was not completed. Please try again in a few minutes; if it goes on, tell whoever runs Indiescout this reference: ${reference}.`,
  },
}
