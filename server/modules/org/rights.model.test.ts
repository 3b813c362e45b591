import { describe, expect, test } from 'vitest'
import { limitedTo, mergeRights } from './rights.model.ts'

const role = (warehouses?: string[]) => ({
  actions: [],
  scopes: {},
  reads: [],
  writes: [],
  ...(warehouses && { warehouses }),
})

describe('the warehouses that somebody reaches', () => {
  test.each([
    ['all, by a role without a limit', [role()], [], undefined],
    ['all, when one of his roles has no limit', [role(['a']), role()], [], undefined],
    ['those of all his roles together', [role(['a']), role(['b', 'a'])], [], ['a', 'b']],
    ['his own, within all', [role()], ['b'], ['b']],
    ['his own, as far as his roles reach', [role(['a', 'b'])], ['b', 'c'], ['b']],
    ['none, when his own are beyond his roles', [role(['a'])], ['c'], []],
    ['his own, without any role', [], ['a'], ['a']],
  ])('are %s', (_what, roles, own, reached) => {
    expect(limitedTo(own, mergeRights(roles)).warehouses).toEqual(reached)
  })
})
