import type { InjectionKey, Ref } from 'vue'

/** Whether the tabs at the thumb stand under what is shown: from there one gets on without going back. */
export const hasTabsKey: InjectionKey<Readonly<Ref<boolean>>> = Symbol('has tabs')
