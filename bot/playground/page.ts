import { LOCALES, type Locale } from '../../core/locale.ts'
import { SAMPLES } from '../../core/strings/page.ts'
import { pageWords } from '../../core/strings/page-words.ts'
import type { StoredEvaluation } from '../context/evaluation-file.ts'
import { escaped } from '../platform/web-page.ts'
import { evaluationPlots } from './evaluation-plots.ts'
import type { PartState } from './state.ts'

export type PageNeeds = {
  readonly locale: Locale
  readonly parts: readonly PartState[]
  readonly evaluation: StoredEvaluation | undefined
  /** Whether the catalogue holds the shipped sample alone. */
  readonly isSample: boolean
  /** Command lines to try. */
  readonly examples: readonly string[]
}

/** Languages by their own names. */
const NAMES: Readonly<Record<Locale, string>> = { en: 'English', ko: '한국어' }

/** What the page's script says by itself, and what it asks for. */
const SPOKEN = [
  'badLibrary',
  'you',
  'app',
  'onlyYouDiscord',
  'onlyYouSlack',
  'direct',
  'payload',
  'waiting',
  'lost',
] as const

/** The whole page. Works without its script as far as reading goes; no style or script stands in it. */
export function playgroundPage(needs: PageNeeds): string {
  const { locale } = needs
  const words = pageWords(locale)
  return `${head(locale, words.title, true)}
<body data-words="${escaped(JSON.stringify(spoken(locale)))}">
<a class="skip" href="#line">${escaped(words.skip)}</a>
<header class="top">
<div class="brand"><span class="logo" aria-hidden="true">🔭</span><div><h1>${escaped(words.title)}</h1><p>${escaped(words.tagline)}</p></div></div>
<div class="settings">
<nav aria-label="${escaped(words.language)}">${LOCALES.map((one) => languageLink(one, locale)).join('')}</nav>
${radios('theme', words.theme, [
  ['light', words.light],
  ['dark', words.dark],
])}
</div>
</header>
<main>
<form id="ask" class="ask" autocomplete="off">
${playersOf(words)}
<div class="line">
<label for="line">${escaped(words.command)}</label>
<div class="combo">
<input id="line" name="line" type="text" role="combobox" aria-expanded="false" aria-controls="proposals" aria-autocomplete="list" aria-describedby="hint" enterkeyhint="send" spellcheck="false" autocapitalize="off" maxlength="2000" value="${escaped(needs.examples[0] ?? '')}">
<ul id="proposals" role="listbox" aria-label="${escaped(words.command)}" hidden></ul>
</div>
<button type="submit">${escaped(words.send)}</button>
</div>
<p id="hint" class="hint">${escaped(words.commandHint)}</p>
<div class="examples" role="group" aria-label="${escaped(words.try)}"><span>${escaped(words.try)}</span>${needs.examples
    .map((line) => `<button type="button" data-line="${escaped(line)}">${escaped(line)}</button>`)
    .join('')}</div>
<p id="told" role="status" class="told"></p>
</form>
${radios('side', words.platform, [
  ['discord', words.discord],
  ['slack', words.slack],
])}
<div class="panes">
${pane('discord', words.discord, words)}
${pane('slack', words.slack, words)}
</div>
<p class="honest">${escaped(words.honest)}${needs.isSample ? ` ${escaped(words.synthetic)}` : ''} ${escaped(words.keeps)}</p>
<section class="about" aria-labelledby="state"><h2 id="state">${escaped(words.state)}</h2>
<ul class="parts">${needs.parts.map(part).join('')}</ul></section>
<section class="about" aria-labelledby="evaluation"><h2 id="evaluation">${escaped(words.evaluation)}</h2>
${evaluationPlots(needs.evaluation, locale)}</section>
</main>
<footer>Powered by Steam</footer>
</body>
</html>
`
}

/** Where a token is asked for. Works without script. */
export function loginPage(locale: Locale, problem: string | undefined): string {
  const words = pageWords(locale)
  return `${head(locale, words.title, false)}
<body>
<main class="login">
<h1>${escaped(words.title)}</h1>
<form method="post" action="/playground/login?lang=${locale}">
<p id="why">${escaped(words.loginHint)}</p>
<label for="token">${escaped(words.token)}</label>
<input id="token" name="token" type="password" required autocomplete="current-password" aria-describedby="why${problem === undefined ? '' : ' wrong'}" autofocus>
${problem === undefined ? '' : `<p id="wrong" role="alert">${escaped(problem)}</p>`}
<button type="submit">${escaped(words.enter)}</button>
</form>
</main>
</body>
</html>
`
}

function head(locale: Locale, title: string, withScript: boolean): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="/playground/icon.svg">
<link rel="stylesheet" href="/playground/page.css">
<link rel="stylesheet" href="/playground/discord.css">
<link rel="stylesheet" href="/playground/slack.css">
${withScript ? '<script type="module" src="/playground/page.js"></script>' : ''}
</head>`
}

type Words = ReturnType<typeof pageWords>

function spoken(locale: Locale) {
  const words = pageWords(locale)
  const plain = SPOKEN.filter((name) => typeof words[name] === 'string').map((name) => [name, words[name]])
  return {
    ...Object.fromEntries(plain),
    // Filled in by the script.
    used: words.used('{}'),
    download: words.download('{}'),
    completions: words.completions(0).replace('0', '{}'),
  }
}

function languageLink(locale: Locale, current: Locale): string {
  const here = locale === current ? ' aria-current="true"' : ''
  return `<a href="/?lang=${locale}" hreflang="${locale}" lang="${locale}"${here}>${NAMES[locale]}</a>`
}

function radios(name: string, legend: string, choices: readonly (readonly [string, string])[]): string {
  const options = choices.map(
    ([value, label], at) =>
      `<label><input type="radio" name="${name}" value="${value}"${at === 0 ? ' checked' : ''}><span>${escaped(label)}</span></label>`,
  )
  return `<fieldset class="switch ${name}"><legend>${escaped(legend)}</legend>${options.join('')}</fieldset>`
}

function playersOf(words: Words): string {
  const named = [...SAMPLES.map((name) => [name, words.sample[name]] as const), ['', words.nobody] as const]
  const options = named.map(
    ([value, label]) =>
      `<label class="chip"><input type="radio" name="player" value="${value}"${value === '' ? ' checked' : ''}><span>${escaped(label)}</span></label>`,
  )
  return `<fieldset class="players"><legend>${escaped(words.players)}</legend>${options.join('')}
<label class="chip own" hidden><input type="radio" name="player" value="own"><span id="own"></span></label>
<label class="chip file"><input id="library" type="file" accept=".json,application/json" aria-label="${escaped(words.upload)}"><span>⬆ ${escaped(words.upload)}</span></label>
</fieldset><p class="hint">${escaped(words.playersHint)}</p>`
}

function pane(side: 'discord' | 'slack', name: string, words: Words): string {
  return `<section class="pane ${side}" id="${side}" aria-label="${escaped(name)}">
<h2><span class="sign" aria-hidden="true">#</span>${escaped(words.channel)}<span class="where">${escaped(name)}</span></h2>
<div class="log" role="log" aria-label="${escaped(name)}" tabindex="0"><p class="nothing">${escaped(words.empty)}</p></div>
</section>`
}

function part({ name, state, status, detail }: PartState): string {
  return `<li class="${state}"><b>${escaped(name)}</b><span class="status">${escaped(status)}</span><span class="detail">${escaped(detail)}</span></li>`
}
