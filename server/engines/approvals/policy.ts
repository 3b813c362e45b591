import { allow, type Caller } from '#kernel/caller'

export const allowDesign = (caller: Caller): void =>
  allow(caller, 'flows.design', { zh: '设计审批流程', en: 'design approval flows' })
