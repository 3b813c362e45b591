import type { Contract } from '#contract'
import { forms } from '#contract/engines/forms'
import { org, signIn } from '#contract/modules/org'
import { formsActions } from '#server/engines/forms'
import { orgActions } from '#server/modules/org'
import type { Action } from '#kernel/perform'

/** Everything the API offers: each contract with the actions behind it. The one list; OpenAPI, routes and tests are made from it. */
export const served: { contract: Contract; actions: Record<string, Action<never, unknown>> }[] = [
  { contract: org, actions: orgActions },
  { contract: forms, actions: formsActions },
]

/** Served by hand, because a platform is asked first. */
export const servedApart: Contract[] = [signIn]
