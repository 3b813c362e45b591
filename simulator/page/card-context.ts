import type { InjectionKey, Ref } from 'vue'

import type { ClickView } from '../answers.ts'

/** What the controls of a card need from the card they stand on. */
export type CardContext = {
  touch: (action: string, form?: Record<string, unknown>) => Promise<ClickView>
  /** The name of the control whose click is under way; empty when none is. */
  pressing: Ref<string>
}
export const cardKey: InjectionKey<CardContext> = Symbol('card')

/** What the fields of a form share with its buttons. */
export type FormContext = {
  values: Record<string, unknown>
  isWrong: (name: string) => boolean
  submit: (action: string) => Promise<void>
  reset: () => void
}
export const formKey: InjectionKey<FormContext> = Symbol('form')
