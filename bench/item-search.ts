import { searchBenchmark } from './search.ts'

/** Goods are looked for as people write them, by words made from the names that are there. */
export const itemSearch = searchBenchmark({
  name: 'item-search',
  list: '/items',
  words: {
    pinyin: `left(pinyin, 8)`,
    initials: `initials`,
    'part-of-a-name': `substr(name, greatest(1, char_length(name) - 2), 3)`,
    'name-and-size': `name || ' ' || spec`,
  },
  sample: `(select * from item order by md5(code) limit 2000) as sample where char_length(name) > 3 and spec <> ''`,
  times: 60,
})
