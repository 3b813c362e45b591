import type { Lang } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { namesOf } from '#server/modules/org'

/** Whose figures are asked for: the asker's own, a colleague's, or all that he may see. */
export type Whose = { scope?: 'mine'; ownerId?: string }

export const ownerAsked = (caller: Caller, { scope, ownerId }: Whose): string | undefined =>
  scope === 'mine' ? caller.personId : ownerId

const words = {
  mine: { zh: '我的', en: 'mine' },
  all: { zh: '我能看到的', en: 'all I may see' },
}

export async function whoseWords(caller: Caller, { scope, ownerId }: Whose, lang: Lang): Promise<string> {
  if (!ownerId) return words[scope ?? 'all'][lang]
  const names = await ask(systemCaller(caller.at), (tx) => namesOf(tx, [ownerId]), undefined)
  return names.get(ownerId) ?? words.all[lang]
}
