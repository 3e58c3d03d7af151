import { describe, expect, it } from 'vitest'
import { appListCall, readAppPage } from '../../../core/steam/app-list.ts'

const listed = (...apps: readonly unknown[]) => ({ response: { apps } })

describe('a page of the list of apps', () => {
  it('is the last where nothing is said of more', () => {
    const app = { appid: 1520290, name: 'Crumbling City', last_modified: 1622275422, price_change_number: 0 }
    expect(readAppPage(listed(app), 0)).toEqual({
      apps: [{ game: 1520290, modifiedAt: new Date('2021-05-29T08:03:42Z') }],
      next: undefined,
    })
    expect(readAppPage({ response: {} }, 0)).toEqual({ apps: [], next: undefined })
  })

  it('loses an entry that it breaks, and is refused where it has no other', () => {
    const broken = [{ appid: -1, last_modified: 1 }, { appid: 1 }, null, { appid: 2, last_modified: 1e20 }]
    expect(readAppPage(listed(...broken, { appid: 3, last_modified: 5 }), 0).apps).toHaveLength(1)
    expect(() => readAppPage(listed(...broken), 0)).toThrow('no app')
    expect(() => readAppPage([], 0)).toThrow('unknown shape')
  })

  it('leads on, or is refused', () => {
    const page = (last_appid: unknown) => ({ response: { have_more_results: true, last_appid } })
    expect(readAppPage(page(30), 20).next).toBe(30)
    for (const last of [undefined, 20, 19, 'x']) expect(() => readAppPage(page(last), 20)).toThrow()
  })

  it('is asked for by whole seconds, and from the beginning without a number', () => {
    expect(appListCall(0, undefined).parameters).toEqual({ max_results: '50000' })
    expect(appListCall(7, new Date(1_999)).parameters).toEqual({
      max_results: '50000',
      last_appid: '7',
      if_modified_since: '1',
    })
  })
})
