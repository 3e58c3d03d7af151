// Tells a Slack channel how a run of CI ended. Names of branches are a stranger's text; the webhook's address is a secret.
const { SLACK_WEBHOOK_URL, WHAT = '', RESULT = '', REF = '', REPOSITORY = '', RUN_URL = '' } = process.env

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const mark = RESULT === 'success' ? ':white_check_mark:' : ':x:'
const text = `${mark} ${escaped(WHAT)} of ${escaped(REPOSITORY)} (${escaped(REF)}): <${encodeURI(RUN_URL)}|${escaped(RESULT)}>`

/** An error of `fetch` may name the address. */
async function post(url) {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const body = JSON.stringify({ text, unfurl_links: false, unfurl_media: false })
  return fetch(url, { ...request, body, signal: AbortSignal.timeout(10_000) }).then(
    ({ status }) => status,
    () => 'nothing',
  )
}

if (!SLACK_WEBHOOK_URL) {
  console.log('SLACK_WEBHOOK_URL is not set: nobody is told')
} else {
  const status = await post(SLACK_WEBHOOK_URL)
  if (status !== 200) {
    console.error(`Slack answered with ${status}`)
    process.exitCode = 1
  }
}
