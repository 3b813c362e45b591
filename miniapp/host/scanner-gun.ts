import { onActivated, onBeforeUnmount, onDeactivated, onMounted } from 'vue'

const gapMaxMs = 60
const lengthMin = 3

/** Puts together what a scanner that types sends: keys quicker than fingers, ended by Enter. Answers the code once it is whole. */
export function gunReader() {
  let typed = ''
  let lastMs = -Infinity
  return (key: string, atMs: number): string | undefined => {
    if (atMs - lastMs > gapMaxMs) typed = ''
    lastMs = atMs
    if (key === 'Enter') {
      const code = typed
      typed = ''
      return code.length >= lengthMin ? code : undefined
    }
    if (key.length === 1) typed += key
    return undefined
  }
}

/** Hears a scanner that types while nobody types into a field. */
export function useScannerGun(take: (code: string) => void): void {
  const read = gunReader()

  function press(event: KeyboardEvent) {
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) return
    const code = read(event.key, event.timeStamp)
    if (code === undefined) return
    event.preventDefault()
    take(code)
  }

  const listen = () => window.addEventListener('keydown', press)
  const leave = () => window.removeEventListener('keydown', press)
  onMounted(listen)
  onActivated(listen)
  onDeactivated(leave)
  onBeforeUnmount(leave)
}
