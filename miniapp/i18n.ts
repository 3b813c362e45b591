import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import { type Lang, say, type Text } from '#contract'

/** The language of the app before anybody is known: the browser's; after signing in, the person's own. */
const first: Lang = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'

export const i18n = createI18n({ legacy: false, locale: first, fallbackLocale: 'zh', messages: { zh: {}, en: {} } })

export const lang = computed<Lang>(() => (i18n.global.locale.value === 'en' ? 'en' : 'zh'))

export function useLanguage(next: Lang): void {
  i18n.global.locale.value = next
  document.documentElement.lang = next === 'en' ? 'en' : 'zh-CN'
}

/** A label of the company or of a contract, in the reader's language. */
export const inWords = (text: Text): string => say(text, lang.value)

type Facts = Record<string, string | number>

/**
 * The texts of one feature, Chinese first, English complete (a missing one does not compile). Gives the function that says them;
 * an English text with a plural is written 'one order | {n} orders' and is chosen by the fact `n`.
 */
export function defineMessages<const K extends string>(feature: string, zh: Record<K, string>, en: Record<NoInfer<K>, string>) {
  i18n.global.mergeLocaleMessage('zh', { [feature]: zh })
  i18n.global.mergeLocaleMessage('en', { [feature]: en })
  return (key: K, facts: Facts = {}): string => {
    const path = `${feature}.${key}`
    return typeof facts.n === 'number' ? i18n.global.t(path, facts, facts.n) : i18n.global.t(path, facts)
  }
}
