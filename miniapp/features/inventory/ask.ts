import { showConfirmDialog, showToast } from 'vant'

/** Says what a deed will do, does it when that is meant, and says that it is done. */
export async function askThen(deed: {
  title: string
  words: string
  run: () => Promise<boolean>
  done: string
}): Promise<void> {
  const isSure = await showConfirmDialog({
    title: deed.title,
    message: deed.words,
    confirmButtonText: deed.title,
  }).catch(() => false)
  if (isSure && (await deed.run())) showToast(deed.done)
}
