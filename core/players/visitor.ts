import { randomBytes } from 'node:crypto'
import type { VisitorKey } from '../ids.ts'
import { daysAfter, RETENTION_DAYS } from './retention.ts'

/** Those who try the playground have no account: what is stored of them is known by a random name with its birthday in it. */

/** `20261126-Ck9…`: the day in UTC, and 144 random bits. */
export type VisitorId = string & { readonly __id: 'visitor' }

const FORM = /^\d{8}-[\w-]{24}$/

export function newVisitor(now: Date): VisitorId {
  return `${dayOf(now)}-${randomBytes(18).toString('base64url')}` as VisitorId
}

/** Undefined for anything that `newVisitor` could not have made. */
export function parseVisitor(text: string | undefined): VisitorId | undefined {
  return text !== undefined && FORM.test(text) ? (text as VisitorId) : undefined
}

/** Whether it was made within the days for which visitors are kept: a day of one's own choice would outlive them. */
export function isInItsWeek(visitor: VisitorId, now: Date): boolean {
  const day = visitor.slice(0, 8)
  return day <= dayOf(now) && day >= dayOf(daysAfter(now, -RETENTION_DAYS.visitor)) && isDay(day)
}

export function visitorKey(visitor: VisitorId): VisitorKey {
  return `playground:${visitor}`
}

/** All keys of visitors who came on an earlier day sort before it, byte by byte. */
export function visitorKeysBefore(day: Date): VisitorKey {
  return `playground:${dayOf(day)}`
}

function isDay(day: string): boolean {
  const date = new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && dayOf(date) === day
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '')
}
