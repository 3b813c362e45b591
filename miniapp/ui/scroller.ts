import type { InjectionKey, ShallowRef } from 'vue'

/** The element of a page that scrolls: long lists measure themselves by it. */
export const scrollerKey: InjectionKey<Readonly<ShallowRef<HTMLElement | null>>> = Symbol('scroller')
