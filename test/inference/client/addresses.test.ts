import { expect, it } from 'vitest'
import { createAddresses } from '../../../inference/client/addresses.ts'

const of = (addresses: readonly string[], url = 'http://inference.test:8000') =>
  createAddresses({ urls: [url], log: () => {}, lookUp: async () => addresses }).current()

it('is one server for each address of a name, IPv6 in brackets', async () => {
  expect(await of(['10.0.0.2', '10.0.0.1'])).toEqual(['http://10.0.0.1:8000/', 'http://10.0.0.2:8000/'])
  expect(await of(['fd00::2', 'fd00::1'])).toEqual(['http://[fd00::1]:8000/', 'http://[fd00::2]:8000/'])
})

it.each(['http://[fd00::1]:8000', 'http://10.0.0.1:8000', 'https://inference.test'])(
  'leaves %s as it is',
  async (url) => {
    expect(await of(['10.0.0.2', '10.0.0.1'], url)).toEqual([url])
  },
)
