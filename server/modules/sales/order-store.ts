import { Decimal } from '#contract'
import type { PriceTrace } from '#contract/modules/catalog'
import type { Reason as FiredReason } from '#contract/engines/rules'
import { type Sql, sql, type Tx } from '#kernel/db'
