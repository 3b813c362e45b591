import { Popup } from 'vant'

/**
 * Vant makes the veil behind a sheet a button, without a name. Fingers need none; whoever goes by keys or by ear has Escape and the sheet's own
 * cross, and is not led to the veil.
 */
export function quietVeil(): void {
  const props: Record<string, unknown> = Popup.props
  props['overlayProps'] = { type: Object, default: () => ({ role: 'presentation', tabindex: undefined }) }
}
