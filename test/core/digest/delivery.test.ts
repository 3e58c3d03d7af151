import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, repeatMs, restMs } from '../../../core/digest/backoff.ts'
import {
  type Delivery,
  type DeliveryRules,
  isAskedFor,
  platformOf,
  REQUEST_MS,
  recognisedUntil,
  type Step,
  stepFor,
} from '../../../core/digest/delivery.ts'

const DUE = new Date('2026-11-29T09:00:00Z')
const lateBy = (ms: number) => new Date(DUE.getTime() + ms)

const DISCORD: DeliveryRules = { remembersMs: 120_000, settlesMs: 30_000, windowMs: 3_600_000 }
const SLACK: DeliveryRules = { ...DISCORD, remembersMs: 0 }

type Open = Pick<Delivery, 'state' | 'begun' | 'dueAt' | 'failures'>
const due = (failures = 0): Open => ({ state: 'due', begun: undefined, dueAt: DUE, failures })
/** Begun a second after it was due; its last request left within ten. */
const posting: Open = { ...due(), state: 'posting', begun: { at: lateBy(1_000), leavesBy: lateBy(11_000) } }

const kindAt = (delivery: Open, ms: number, rules: DeliveryRules) => stepFor(delivery, lateBy(ms), rules).kind

describe('a delivery that is due', () => {
  it.each([
    [0, 0, 'compose'],
    [DISCORD.windowMs, 0, 'compose'],
    [DISCORD.windowMs, 7, 'compose'],
  ] as const)('is composed until its window is over: %i ms late, %i failures', (ms, failures, kind) => {
    expect(kindAt(due(failures), ms, DISCORD)).toBe(kind)
  })

  it('is skipped after its window where it was never tried, and given up where it was', () => {
    const late = lateBy(DISCORD.windowMs + 1)
    expect(stepFor(due(), late, DISCORD)).toEqual({ kind: 'end', state: 'skipped' })
    expect(stepFor(due(1), late, DISCORD)).toEqual({ kind: 'end', state: 'dead' })
  })
})

describe('a delivery that may stand in its channel', () => {
  it('is posted again while the platform remembers it for as long as a request may take', () => {
    expect(kindAt(posting, 1_001, DISCORD)).toBe('post')
    expect(kindAt(posting, 1_000 + 120_000 - REQUEST_MS - 1, DISCORD)).toBe('post')
    expect(kindAt(posting, 1_000 + 120_000 - REQUEST_MS, DISCORD)).toBe('look-up')
  })

  it('is never posted again where the platform knows no nonces, and looked up once its last request has settled', () => {
    const settled = lateBy(11_000 + 30_000)
    expect(stepFor(posting, lateBy(1_001), SLACK)).toEqual({ kind: 'wait', until: settled })
    expect(stepFor(posting, lateBy(40_999), SLACK)).toEqual({ kind: 'wait', until: settled })
    expect(stepFor(posting, settled, SLACK)).toEqual({ kind: 'look-up' })
  })

  it('is waited for where its last request left when the memory was about to end', () => {
    const late = { ...posting, begun: { at: lateBy(0), leavesBy: lateBy(104_000) } }
    expect(stepFor(late, lateBy(106_000), DISCORD)).toEqual({ kind: 'wait', until: lateBy(134_000) })
    expect(kindAt(late, 134_000, DISCORD)).toBe('look-up')
  })

  it('is looked up even when its window has long been over', () => {
    expect(kindAt(posting, 10 * DISCORD.windowMs, DISCORD)).toBe('look-up')
    expect(kindAt({ ...posting, failures: 9 }, 10 * SLACK.windowMs, SLACK)).toBe('look-up')
  })
})

const ms = (max: number) => fc.integer({ min: 0, max })
const anyRules = fc.record({ remembersMs: ms(600_000), settlesMs: ms(600_000), windowMs: ms(90_000_000) })
const anyBegun = fc
  .record({ at: ms(90_000_000), leaves: ms(60_000) })
  .map(({ at, leaves }) => ({ at: lateBy(at), leavesBy: lateBy(at + leaves) }))

/** How far along a delivery in doubt is: it never goes back. */
const ORDER: Readonly<Record<Step['kind'], number>> = { post: 0, wait: 1, 'look-up': 2, compose: 9, end: 9 }

describe('whatever the rules of a platform', () => {
  it('no post is repeated that might arrive after its nonce was forgotten', () => {
    fc.assert(
      fc.property(anyBegun, anyRules, ms(200_000_000), (begun, rules, at) => {
        const now = lateBy(at)
        fc.pre(now >= begun.at)
        if (stepFor({ ...posting, begun }, now, rules).kind !== 'post') return
        const arrivesBy = now.getTime() + REQUEST_MS
        expect(arrivesBy).toBeLessThan(begun.at.getTime() + rules.remembersMs)
        expect(now < recognisedUntil(begun, rules.remembersMs)).toBe(true)
      }),
    )
  })

  it('nobody looks before the last request has settled', () => {
    fc.assert(
      fc.property(anyBegun, anyRules, ms(200_000_000), (begun, rules, at) => {
        const now = lateBy(at)
        if (stepFor({ ...posting, begun }, now, rules).kind !== 'look-up') return
        expect(now.getTime()).toBeGreaterThanOrEqual(begun.leavesBy.getTime() + rules.settlesMs)
      }),
    )
  })

  it('one in doubt is repeated, then waited for, then looked up, and never composed anew', () => {
    fc.assert(
      fc.property(anyBegun, anyRules, ms(200_000_000), ms(200_000_000), (begun, rules, one, other) => {
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)]
        const [first, second] = [sooner, later].map(
          (at) => ORDER[stepFor({ ...posting, begun }, lateBy(at), rules).kind],
        )
        expect(first).toBeLessThanOrEqual(second ?? -1)
        expect(second).toBeLessThan(ORDER.compose)
      }),
    )
  })

  it('a wait is over when it says', () => {
    fc.assert(
      fc.property(anyBegun, anyRules, ms(200_000_000), (begun, rules, at) => {
        const step = stepFor({ ...posting, begun }, lateBy(at), rules)
        if (step.kind !== 'wait') return
        expect(step.until > lateBy(at)).toBe(true)
        expect(stepFor({ ...posting, begun }, step.until, rules).kind).toBe('look-up')
      }),
    )
  })

  it('one that is due is composed to the last moment of its window, and ended after it', () => {
    fc.assert(
      fc.property(anyRules, ms(200_000_000), ms(5), (rules, late, failures) => {
        const { kind } = stepFor(due(failures), lateBy(late), rules)
        expect(kind).toBe(late <= rules.windowMs ? 'compose' : 'end')
      }),
    )
  })
})

const anyRandom = ms(999).map((thousandths) => () => thousandths / 1000)

describe('the time until the next attempt', () => {
  it('doubles with each failure, spread by half, up to five minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), anyRandom, (failures, random) => {
        const full = Math.min(5_000 * 2 ** failures, 300_000)
        const wait = backoffMs(failures, random)
        expect(wait).toBeGreaterThanOrEqual(full / 2)
        expect(wait).toBeLessThan(full)
      }),
    )
  })

  it('is as long as a post has been in doubt, from two seconds to thirty', () => {
    expect(repeatMs(0, () => 0)).toBe(1_000)
    expect(repeatMs(10_000, () => 0.5)).toBe(7_500)
    expect(repeatMs(3_600_000, () => 0.999)).toBeLessThan(30_000)
  })

  it('is never shorter than a platform asked for', () => {
    fc.assert(
      fc.property(ms(3_600_000), anyRandom, (asked, random) => {
        expect(restMs(asked, random)).toBeGreaterThanOrEqual(asked)
        expect(restMs(asked, random)).toBeLessThan(asked + 1_000)
      }),
    )
  })
})

it('belongs to the platform of its place', () => {
  expect(platformOf('slack:T1')).toBe('slack')
  expect(platformOf('discord:1')).toBe('discord')
})

it('is asked for where its slot is no week', () => {
  expect(isAskedFor({ slot: 'now:2026-11-29T09:00' } as Delivery)).toBe(true)
  expect(isAskedFor({ slot: '2026-W48' } as Delivery)).toBe(false)
})

it('is drawn for operators as it is drawn for us', () => {
  const drawingIn = (file: string) =>
    readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
      .replaceAll(/^ \* ?/gm, '')
      .split('```')
      .find((text) => text.includes('──compose──►'))
  expect(drawingIn('docs/operating.md')).toBe(drawingIn('core/digest/delivery.ts'))
})
