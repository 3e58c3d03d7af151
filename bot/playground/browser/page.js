import { createChat } from './chat.js'
import { createCombobox } from './combobox.js'
import { discordBody } from './discord.js'
import { found, Refused } from './dom.js'
import { slackBody } from './slack.js'

/** Wires the page together; what it says stands in the page. */

/** @typedef {'discord' | 'slack'} Side */

/** @type {Readonly<Record<string, string>>} */
const words = JSON.parse(document.body.dataset.words ?? '{}')
const lang = document.documentElement.lang
const form = found('#ask', HTMLFormElement)
const line = found('#line', HTMLInputElement)
const told = found('#told', HTMLElement)
const own = found('.own', HTMLElement)
/** What is asked for whoever is played, or for an uploaded library. */
const USUAL = '/recommend'

/** The uploaded library, as text: it is sent along and kept nowhere else. @type {string | undefined} */
let library

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<any>}
 */
async function post(path, body) {
  const response = await fetch(`/playground/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lang, ...body }),
  })
  // Signed out: the page asks for the token.
  if (response.status === 401) location.reload()
  const answer = await response.json()
  if (!response.ok) throw new Refused(answer.problem ?? '')
  return answer
}

/** @param {Side} side */
function chatOf(side) {
  const isDiscord = side === 'discord'
  return createChat({
    view: {
      side,
      body: isDiscord ? discordBody : slackBody,
      onlyYou: (isDiscord ? words.onlyYouDiscord : words.onlyYouSlack) ?? '',
    },
    log: found(`#${side} .log`, HTMLElement),
    words,
    send: async (wire) => (await post('press', { side, wire })).shown,
  })
}

const chats = { discord: chatOf('discord'), slack: chatOf('slack') }

const combobox = createCombobox({
  input: line,
  list: found('#proposals', HTMLElement),
  ask: async (typed) => (await post('complete', { line: typed })).proposals,
  tell: (count) => {
    told.textContent = (words.completions ?? '{}').replace('{}', String(count))
  },
})

function playerChosen() {
  const chosen = new FormData(form).get('player')
  if (chosen === 'own') return { library }
  return chosen === '' || chosen === null ? {} : { player: String(chosen) }
}

/** @param {string} typed */
async function run(typed) {
  const text = typed.trim()
  if (text === '') return
  combobox.close()
  told.textContent = ''
  remember(text)
  const asked = { line: text, ...playerChosen() }
  const sides = /** @type {const} */ (['discord', 'slack'])
  await Promise.all(
    sides.map((side) => chats[side].command(text, async () => (await post('ask', { side, ...asked })).shown)),
  )
}

/** So that another language, or a reload, goes on where one was. @param {string} text */
function remember(text) {
  const player = form.elements.namedItem('player')
  const chosen = player instanceof RadioNodeList ? player.value : ''
  sessionStorage.setItem('asked', JSON.stringify({ text, player: chosen }))
}

/** @param {string} value */
function choose(value) {
  const radio = form.querySelector(`input[name=player][value="${CSS.escape(value)}"]`)
  if (radio instanceof HTMLInputElement) radio.checked = true
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void run(line.value)
})

for (const example of form.querySelectorAll('button[data-line]')) {
  example.addEventListener('click', () => {
    line.value = example.getAttribute('data-line') ?? ''
    void run(line.value)
  })
}

/** Arrow keys pass over the players between. @type {ReturnType<typeof setTimeout> | undefined} */
let choosing
for (const radio of form.querySelectorAll('input[name=player]')) {
  radio.addEventListener('change', () => {
    clearTimeout(choosing)
    choosing = setTimeout(() => {
      line.value = USUAL
      void run(USUAL)
    }, 150)
  })
}

const file = found('#library', HTMLInputElement)
file.addEventListener('change', async () => {
  const [chosen] = file.files ?? []
  if (!chosen) return
  try {
    const text = await chosen.text()
    const { label } = await post('library', { library: text })
    library = text
    found('#own', HTMLElement).textContent = label
    own.hidden = false
    choose('own')
    line.value = USUAL
    await run(USUAL)
  } catch (error) {
    told.textContent = error instanceof Refused ? error.message : (words.lost ?? '')
  } finally {
    file.value = ''
  }
})

/** @param {string} name @param {string | null | undefined} initial @param {(value: string) => void} onChange */
function switchOf(name, initial, onChange) {
  for (const radio of document.querySelectorAll(`input[name=${name}]`)) {
    if (!(radio instanceof HTMLInputElement)) continue
    if (radio.value === initial) radio.checked = true
    if (radio.checked) onChange(radio.value)
    radio.addEventListener('change', () => onChange(radio.value))
  }
}

const preferred = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
switchOf('theme', localStorage.getItem('theme') ?? preferred, (theme) => {
  document.documentElement.dataset.theme = theme
  localStorage.setItem('theme', theme)
})
switchOf('side', sessionStorage.getItem('side'), (side) => {
  document.documentElement.dataset.side = side
  sessionStorage.setItem('side', side)
})

/** Whoever comes for the first time sees at once what it does. */
const before = JSON.parse(sessionStorage.getItem('asked') ?? 'null')
choose(before?.player === 'own' ? '' : (before?.player ?? 'strategy'))
line.value = before?.text ?? line.value
void run(line.value)
