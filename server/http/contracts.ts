import type { Contract } from '#contract'
import { alerts } from '#contract/engines/alerts'
import { approvals } from '#contract/engines/approvals'
import { exports } from '#contract/engines/exports'
import { forms } from '#contract/engines/forms'
import { imports } from '#contract/engines/imports'
import { rules } from '#contract/engines/rules'
import { shares, sharing } from '#contract/engines/shares'
import { accounting } from '#contract/modules/accounting'
import { catalog } from '#contract/modules/catalog'
import { connections } from '#contract/modules/connections'
import { finance } from '#contract/modules/finance'
import { inventory } from '#contract/modules/inventory'
import { accounts, handovers, org, signIn } from '#contract/modules/org'
import { parties } from '#contract/modules/parties'
import { sales } from '#contract/modules/sales'
import { outbox } from '#contract/outbox'
import { proof } from '#contract/proof'
import { questions } from '#contract/questions'
import type { Action } from '#kernel/perform'
import { alertsActions } from '#server/engines/alerts'
import { approvalsActions } from '#server/engines/approvals'
import { exportsActions } from '#server/engines/exports'
import { formsActions } from '#server/engines/forms'
import { importsActions } from '#server/engines/imports'
import { rulesActions } from '#server/engines/rules'
import { sharesActions } from '#server/engines/shares'
import { accountingActions } from '#server/modules/accounting'
import { catalogActions } from '#server/modules/catalog'
import { connectionsActions } from '#server/modules/connections'
import { financeActions } from '#server/modules/finance'
import { inventoryActions } from '#server/modules/inventory'
import { accountsActions, handoversActions, orgActions } from '#server/modules/org'
import { partiesActions } from '#server/modules/parties'
import { salesActions } from '#server/modules/sales'
import { outboxActions } from '#server/outbox'
import { proofActions } from '#server/proof'
import { questionsActions } from '#server/questions'

type Served = { contract: Contract; actions: Record<string, Action<never, unknown>> }

/** Everything the API offers: each contract with the actions behind it. The one list; routes, OpenAPI and tests are made from it. */
export const served: Served[] = [
  { contract: org, actions: orgActions },
  { contract: accounts, actions: accountsActions },
  { contract: handovers, actions: handoversActions },
  { contract: connections, actions: connectionsActions },
  { contract: forms, actions: formsActions },
  { contract: catalog, actions: catalogActions },
  { contract: parties, actions: partiesActions },
  { contract: finance, actions: financeActions },
  { contract: inventory, actions: inventoryActions },
  { contract: sales, actions: salesActions },
  { contract: accounting, actions: accountingActions },
  { contract: approvals, actions: approvalsActions },
  { contract: alerts, actions: alertsActions },
  { contract: rules, actions: rulesActions },
  { contract: imports, actions: importsActions },
  { contract: exports, actions: exportsActions },
  { contract: shares, actions: sharesActions },
  { contract: proof, actions: proofActions },
  { contract: outbox, actions: outboxActions },
  { contract: questions, actions: questionsActions },
]

/** Served by hand: a platform is asked first, or nobody need be signed in. */
export const servedApart: Contract[] = [signIn, sharing]
