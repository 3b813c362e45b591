import { v5 as idFrom } from 'uuid'
import { Refusal } from '#contract'
import type { Entry } from './entry.model.ts'
import type { Sale, SaleKind } from './sale-kind.ts'

export type Intent = 'save' | 'submit'
type Sending = { kind: SaleKind; entry: Entry; newId: string; intent: Intent; keep: (saved: Entry['saved']) => void }

/**
 * Writes an entry to the server, and submits it when that is meant. However often it is sent, and wherever the line broke
 * in between, it is done once: a key is made of what is sent, and a document that turns out to be there is gone on with.
 */
export async function sendSale({ kind, entry, newId, intent, keep }: Sending): Promise<Sale> {
  const content = JSON.stringify(kind.written(entry))
  let saved = entry.saved

  if (!saved) {
    try {
      return await kind.create(newId, entry, intent === 'submit', keyOf(newId, intent, content))
    } catch (error) {
      if (!wasThereBefore(error)) throw error
      // An earlier try had arrived after all, perhaps with other content.
      const there = await kind.read(newId)
      if (there.state !== 'draft') return there
      keep((saved = { ...there, content: '' }))
    }
  }
  if (saved.content !== content) {
    const { id, version } = saved
    const edited = await kind.edit({ id, version }, entry, keyOf(id, `edit ${version}`, content))
    keep((saved = { id, version: edited.version, content }))
    if (intent === 'save') return edited
  }
  const { id, version } = saved
  return intent === 'save'
    ? { id, version, state: 'draft' }
    : kind.submit({ id, version }, keyOf(id, 'submit', String(version)))
}

/** The same deed with the same content has the same key, also after the app was closed in between. */
const keyOf = (id: string, deed: string, content: string): string => idFrom(`${deed} ${content}`, id)

const wasThereBefore = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 'id_taken' || error.code === 'key_reused')
