import { allow, type Caller } from '#kernel/caller'

export const allowDesign = (caller: Caller): void =>
  allow(caller, 'rules.design', { zh: '设计规则', en: 'design rules' })
