import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTyped } from '../../../bot/playground/typed.ts'

describe('what is typed into the one line', () => {
  it.each([
    ['/recommend 76561197960287930 count:5', 'recommend', { steam_id: '76561197960287930', count: '5' }],
    ['recommend genre:Action Roguelike', 'recommend', { genre: 'Action Roguelike' }],
    ['/curate genre:"Visual Novel" sort:new', 'curate', { genre: 'Visual Novel', sort: 'new' }],
    ['/digest subscribe day:friday', 'digest subscribe', { day: 'friday' }],
    ['/digest list', 'digest list', {}],
    ['/indiescout link gabelogannewell', 'link', { steam_id: 'gabelogannewell' }],
    ['/추천 장르:퍼즐 개수:3', 'recommend', { genre: '퍼즐', count: '3' }],
    ['/다이제스트 구독 요일:friday', 'digest subscribe', { day: 'friday' }],
    ['STEAM_0:0:11101', 'recommend', { steam_id: 'STEAM_0:0:11101' }],
    ['https://steamcommunity.com/id/x', 'recommend', { steam_id: 'https://steamcommunity.com/id/x' }],
    ['/nothing here', 'nothing', {}],
    ['/digest', 'digest', {}],
  ])('reads %s', (line, name, values) => {
    expect(readTyped(line)).toMatchObject({ name, values })
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (line) => void readTyped(line)))
  })
})
