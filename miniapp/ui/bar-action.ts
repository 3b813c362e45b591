/** A button of the action bar. */
export type BarAction = {
  label: string
  run: () => unknown
  isBusy?: boolean
  isDisabled?: boolean
  isDanger?: boolean
}
