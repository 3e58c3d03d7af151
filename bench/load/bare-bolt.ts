import type { AddressInfo } from 'node:net'
import bolt from '@slack/bolt'

/** What Slack's own library takes for a command when nothing is done but to acknowledge it. Tells its parent its address. */
const { SLACK_BOT_TOKEN = '', SLACK_SIGNING_SECRET = '', SLACK_API_URL = '' } = process.env
const app = new bolt.App({
  token: SLACK_BOT_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  tokenVerificationEnabled: false,
  clientOptions: { slackApiUrl: SLACK_API_URL },
})
app.command('/recommend', async ({ ack }) => ack())
const server = await app.start({ port: 0, host: '127.0.0.1' })
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
process.once('SIGTERM', () => process.exit())
process.once('disconnect', () => process.exit())
