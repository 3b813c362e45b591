import { Popup, setToastDefaultOptions, type ToastOptions } from 'vant'

/** What Vant's parts are to somebody who does not see them. */
export function mendVantRoles(): void {
  // The veil behind a sheet would be a button without a name. Fingers need none; keys have Escape and the sheet's own cross.
  const props: Record<string, unknown> = Popup.props
  props['overlayProps'] = { type: Object, default: () => ({ role: 'presentation', tabindex: undefined }) }
  // A toast would be a dialog; it only says something.
  const toast: ToastOptions & { role: string } = { role: 'status' }
  setToastDefaultOptions(toast)
}
