import { element } from './dom.js'

/**
 * The command line: a combobox after https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. The focus stays in the input.
 *
 * @typedef {import('../complete.ts').Proposal} Proposal
 * @typedef {{ readonly input: HTMLInputElement, readonly list: HTMLElement, readonly ask: (line: string) => Promise<readonly Proposal[]>, readonly tell: (count: number) => void }} ComboNeeds
 */

/** As long as somebody types on, nothing is asked. */
const PAUSE_MS = 90

/** @param {ComboNeeds} needs */
export function createCombobox({ input, list, ask, tell }) {
  /** @type {readonly Proposal[]} */
  let proposals = []
  let active = -1
  let asked = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  function close() {
    clearTimeout(timer)
    asked += 1
    proposals = []
    active = -1
    draw()
  }

  function draw() {
    list.replaceChildren(
      ...proposals.map(({ label, detail }, at) => {
        const option = element(
          'li',
          { role: 'option', id: `proposal-${at}`, 'aria-selected': String(at === active) },
          element('b', {}, label),
          element('span', {}, detail),
        )
        // Before the input loses the focus.
        option.addEventListener('pointerdown', (event) => {
          event.preventDefault()
          take(at)
        })
        return option
      }),
    )
    list.hidden = proposals.length === 0
    input.setAttribute('aria-expanded', String(proposals.length > 0))
    if (active < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', `proposal-${active}`)
    list.children[active]?.scrollIntoView({ block: 'nearest' })
  }

  /** Only the answer to the last question counts. */
  async function propose() {
    asked += 1
    const mine = asked
    const found = await ask(input.value).catch(() => [])
    if (mine !== asked) return
    proposals = found.filter(({ line }) => line !== input.value)
    active = -1
    draw()
    tell(proposals.length)
  }

  /** @param {number} at */
  function take(at) {
    const proposal = proposals[at]
    if (!proposal) return
    input.value = proposal.line
    input.setSelectionRange(input.value.length, input.value.length)
    close()
    void propose()
  }

  /** @param {number} by */
  function move(by) {
    if (proposals.length === 0) return void propose()
    active = (active + by + proposals.length + (active < 0 && by < 0 ? 1 : 0)) % proposals.length
    draw()
  }

  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void propose(), PAUSE_MS)
  })
  input.addEventListener('blur', close)
  input.addEventListener('keydown', (event) => {
    // While a syllable is composed its keys belong to the input method.
    if (event.isComposing) return
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault()
        return move(event.key === 'ArrowDown' ? 1 : -1)
      case 'Escape':
        return close()
      case 'Enter':
      case 'Tab':
        if (active < 0) return
        event.preventDefault()
        return take(active)
    }
  })

  return { close }
}
