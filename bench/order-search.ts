import { searchBenchmark } from './search.ts'

/** Orders are looked for by their number or their customer. */
export const orderSearch = searchBenchmark({
  name: 'order-search',
  list: '/orders',
  words: { number: 'o.number', 'end-of-a-number': `right(o.number, 5)`, customer: 'c.short_name' },
  sample: `(select * from sales_order where number is not null order by md5(id::text) limit 500) o join customer c on c.id = o.customer_id`,
  times: 40,
})
