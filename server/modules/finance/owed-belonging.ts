import { registerBelonging } from '#server/modules/org'
import { customerIdsOf, customersByIds } from '#server/modules/parties'
import { owedByCustomer } from './receivable-store.ts'

/** Money that somebody's customers owe is looked after by whoever looks after them. */
export const registerOwedBelonging = (): void =>
  registerBelonging({
    kind: 'receivable',
    label: { zh: '应收款', en: 'Receivables' },
    position: 20,
    follows: 'customer',
    find: async (tx, _, personId) => {
      const owed = await owedByCustomer(tx, await customerIdsOf(tx, [personId]))
      const customers = await customersByIds(
        tx,
        owed.map(({ customerId }) => customerId),
      )
      return owed.map(({ customerId, amount }) => ({
        id: customerId,
        title: customers.get(customerId)?.shortName ?? '',
        path: `/customers/${customerId}`,
        amount,
      }))
    },
  })
