import type { InjectionKey, Ref } from 'vue'

import type { DrawnButton } from '../../dingtalk/drawn.ts'

/** What the parts of a card share: what was typed, and the press that is under way. */
export type CardInputs = {
  values: Record<string, unknown>
  isWrong: (name: string) => boolean
  press: (button: DrawnButton, required: string[]) => void
  /** The name of the button whose press is under way; empty when none is. */
  pressing: Ref<string>
}
export const inputsKey: InjectionKey<CardInputs> = Symbol('what is typed into a card')
