import type { Invariant } from '#kernel/invariant'
import { identityOfMerged, leaverWithoutHandover, managerOfHimself, sessionOfLeaver } from './invariant-store.ts'

/** What must hold of people and their access, whatever was done and in whatever order. */
export const orgInvariants: Invariant[] = [
  {
    id: 'O1',
    name: { zh: '离职或停用的人没有有效登录', en: 'Whoever has no access has no session' },
    find: sessionOfLeaver,
  },
  {
    id: 'O2',
    name: { zh: '平台账号都属于在册的人', en: 'An identity in use belongs to a person who is still one' },
    find: identityOfMerged,
  },
  {
    id: 'O3',
    name: { zh: '上级关系没有成环', en: 'Nobody is his own manager, over any number of steps' },
    find: managerOfHimself,
  },
  {
    id: 'O4',
    name: { zh: '离职的人都有交接单', en: "What a leaver left is somebody's task" },
    find: leaverWithoutHandover,
  },
]
