import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddress } from '../../../db/postgres/address.ts'

function read(text: string) {
  const address = readAddress(text)
  if ('fault' in address) return address.fault
  const { username, password, host, pathname, search } = new URL(address.url)
  return [decodeURIComponent(username), decodeURIComponent(password), host, pathname, search]
}

describe('the address of a database', () => {
  it.each([
    ['postgres://u:p@h/d', ['u', 'p', 'h', '/d', '']],
    ['postgresql://u:p@h:5433/d?sslmode=require', ['u', 'p', 'h:5433', '/d', '?sslmode=require']],
    ['postgres://u@h/d', ['u', '', 'h', '/d', '']],
    ['postgres://h/d?user=a@b', ['', '', 'h', '/d', '?user=a@b']],
    ['postgres://u:p@h/d?application_name=a@b', ['u', 'p', 'h', '/d', '?application_name=a@b']],
    ['postgres://u:p@[::1]:5432/d', ['u', 'p', '[::1]:5432', '/d', '']],
    ['postgres:///d?host=/run/postgresql', ['', '', '', '/d', '?host=/run/postgresql']],
    ['postgres://u:p%40q@h/d', ['u', 'p@q', 'h', '/d', '']],
    ['postgres://u:100%@h/d', ['u', '100%', 'h', '/d', '']],
    ['postgres://u:123/4@h/d', ['u', '123/4', 'h', '/d', '']],
    ['postgres://u:123?4@h/d', ['u', '123?4', 'h', '/d', '']],
    ['postgres://u:a@b/c@h/d', ['u', 'a@b/c', 'h', '/d', '']],
    ['postgres://u:a@b?c@h/d', ['u', 'a@b?c', 'h', '/d', '']],
    ['postgres://u:a@b#c@h/d', ['u', 'a@b#c', 'h', '/d', '']],
    ['postgres://a.b@c:p q@h/d', ['a.b@c', 'p q', 'h', '/d', '']],
    ['postgres://u:a[b]:c|d"<>\\^`{}@h/d', ['u', 'a[b]:c|d"<>\\^`{}', 'h', '/d', '']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('holds whatever password was put there, as it is or encoded', () => {
    const characters = fc.constantFrom(...'aZ0#@/%?: &=+$!*\'"\\<>[]{}|^`~,;éя한😀')
    const passwords = fc
      .string({ unit: characters, minLength: 1, maxLength: 20 })
      // Such a code, or a whole address, stands for something else.
      .filter((password) => !/%[0-9a-f]{2}/i.test(password) && !/[/?].*=/.test(password))
    fc.assert(
      fc.property(passwords, fc.boolean(), (password, raw) => {
        const text = `postgres://u:${raw ? password : encodeURIComponent(password)}@h:5432/d?sslmode=disable`
        expect(read(text)).toEqual(['u', password, 'h:5432', '/d', '?sslmode=disable'])
      }),
    )
  })

  it.each([
    ['mysql://u:hunter2@h/d', /must be a postgres:\/\/ address/],
    ['postgres://u:hunter2@h1:5432,h2:5432/d', /names several hosts/],
    ['postgres://u:hunter2@h:port/d', /must be postgres:\/\/user/],
    ['postgres://u:hunter2@h:99999/d', /must be postgres:\/\/user/],
    ['hunter2', /must be a postgres:\/\/ address/],
  ])('that cannot be one is named without its parts: %s', (text, fault) => {
    expect(read(text)).toMatch(fault)
    expect(read(text)).not.toContain('hunter2')
  })
})
