import { showConfirmDialog } from 'vant'
import { computed, onMounted } from 'vue'
import { t } from '../messages.ts'
import type { Entry } from './entry.model.ts'
import type { EntryDesk } from './use-entry.ts'

/**
 * What was left unfinished on this phone. It goes on, unless it is of an older version of its document, or the entry is
 * begun for somebody else and the seller gives it up.
 */
export function useKeptDraft({ entry, form, obstacles, isTried }: EntryDesk, start: Entry, settled: () => void) {
  onMounted(async () => {
    await form.ready
    if (form.isRestored && (await isGivenUp())) await startOver()
    settled()
  })

  async function isGivenUp(): Promise<boolean> {
    if (start.saved) return entry.saved?.version !== start.saved.version
    if (!start.customer) return false
    if (entry.lines.length === 0) return true
    if (entry.customer?.id === start.customer.id && start.lines.length === 0) return false
    return !(await asksToGoOn())
  }

  const asksToGoOn = (): Promise<boolean> =>
    showConfirmDialog({
      title: t('otherDraft', { customer: entry.customer?.name ?? '', n: entry.lines.length }),
      message: t('otherDraftAsk'),
      confirmButtonText: t('goOn'),
      cancelButtonText: t('giveUp'),
    }).then(
      () => true,
      () => false,
    )

  async function startOver(): Promise<void> {
    await form.reset()
    obstacles.value = []
    isTried.value = false
  }

  const isKept = computed(() => form.isRestored && entry.lines.length > 0 && !entry.saved)
  return { isKept, startOver }
}
