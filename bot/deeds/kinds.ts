import type { Deed, DeedKind, DeedName, DeedOf } from './deed.ts'
import { alertKind, endAlertsKind } from './alert-deed.ts'
import { logKind } from './log-deed.ts'
import { remindKind } from './remind-deed.ts'
import { saleKind } from './sale-deed.ts'

type Kinds = { [N in DeedName]: DeedKind<DeedOf<N>> }
const kinds: Kinds = {
  sale: saleKind,
  log: logKind,
  remind: remindKind,
  alert: alertKind,
  endAlerts: endAlertsKind,
}

/** How a deed is shown, done and undone. */
export const kindOf = (deed: Deed): DeedKind<Deed> => kinds[deed.do] as DeedKind<Deed> // a kind is only ever given deeds of its own name
