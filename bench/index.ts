import type { Benchmark } from './benchmark.ts'
import { botStockQuery } from './bot-stock-query.ts'
import { cardClick } from './card-click.ts'
import { coldStart } from './cold-start.ts'
import { firstPage } from './first-page.ts'
import { orderList } from './order-list.ts'
import { orderSubmit } from './order-submit.ts'

/** All there are, in the order in which they run: what leaves work behind comes last. */
export const benchmarks: readonly Benchmark[] = [coldStart, firstPage, orderList, botStockQuery, cardClick, orderSubmit]
