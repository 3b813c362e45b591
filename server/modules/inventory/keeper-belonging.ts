import { registerBelonging } from '#server/modules/org'
import { giveWarehouses, warehousesKeptBy } from './keeper-store.ts'

/** A warehouse has a keeper: when he leaves, another takes it over. */
export const registerKeeperBelonging = (): void =>
  registerBelonging({
    kind: 'warehouse',
    label: { zh: '负责的仓库', en: 'Warehouses kept' },
    position: 55,
    find: async (tx, _, personId) =>
      (await warehousesKeptBy(tx, personId)).map(({ id, name }) => ({ id, title: name, path: null, amount: null })),
    pass: (tx, _, passing) => giveWarehouses(tx, passing),
  })
