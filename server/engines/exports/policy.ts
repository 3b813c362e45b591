import { allow, type Caller } from '#kernel/caller'

export const allowExports = (caller: Caller): void =>
  allow(caller, 'exports.create', { zh: '导出列表', en: 'export lists' })
