/** Puts a text on the clipboard; where the page may not reach it, by the way that web views of old still know. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    field.setAttribute('readonly', '')
    field.style.position = 'fixed'
    document.body.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
  }
}
