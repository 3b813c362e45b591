import { asAt } from './as-at.ts'
import type { Benchmark } from './benchmark.ts'
import { botQuestions } from './bot-questions.ts'
import { botStockQuery } from './bot-stock-query.ts'
import { cardClick } from './card-click.ts'
import { cardClickUnderLoad } from './card-click-under-load.ts'
import { coldStart } from './cold-start.ts'
import { delivery } from './delivery.ts'
import { firstPage } from './first-page.ts'
import { hotItem } from './hot-item.ts'
import { importItems } from './import-items.ts'
import { itemSearch } from './item-search.ts'
import { nightlyProof } from './nightly-proof.ts'
import { orderList } from './order-list.ts'
import { orderSearch } from './order-search.ts'
import { orderSubmit } from './order-submit.ts'
import { receiptAllocation } from './receipt-allocation.ts'
import { sideBySide } from './side-by-side.ts'

/** All there are, in the order in which they run: what leaves work behind comes last. */
export const benchmarks: readonly Benchmark[] = [
  coldStart,
  asAt,
  sideBySide,
  firstPage,
  orderList('order-list', 'open company'),
  botStockQuery,
  botQuestions,
  cardClick,
  orderSubmit('order-submit', 'open company'),
  delivery,
  receiptAllocation,
  hotItem,
  cardClickUnderLoad,
  importItems,

  nightlyProof,
  orderList('order-list-large', 'large company'),
  orderSearch,
  itemSearch,
  orderSubmit('order-submit-large', 'large company'),
]
