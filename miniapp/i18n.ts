import { computed } from 'vue'
import { createI18n, type MessageContext } from 'vue-i18n'
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

/** Names one after the other, as the reader's language sets them apart. */
export const inSeries = (names: readonly string[]): string => names.join(lang.value === 'zh' ? '、' : ', ')

type Facts = Record<string, string | number>
type Message = (context: MessageContext) => string

/**
 * The texts of one feature, Chinese first, English complete (a missing one does not compile). Gives the function that says them;
 * an English text with a plural is written 'one order | {n} orders' and is chosen by the fact `n`.
 */
export function defineMessages<const K extends string>(
  feature: string,
  zh: Record<K, string>,
  en: Record<NoInfer<K>, string>,
) {
  i18n.global.mergeLocaleMessage('zh', { [feature]: asFunctions(zh) })
  i18n.global.mergeLocaleMessage('en', { [feature]: asFunctions(en) })
  return (key: K, facts: Facts = {}): string => i18n.global.t(`${feature}.${key}`, facts)
}

/** Functions instead of texts to be compiled: no compiler need be sent to the phone, and no code is made there. */
const asFunctions = (texts: Record<string, string>): Record<string, Message> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, asFunction(text)]))

function asFunction(text: string): Message {
  const forms = text.split(' | ')
  return (context) => {
    const form = forms[forms.length > 1 && context.named('n') !== 1 ? 1 : 0] ?? text
    return form.replace(/\{(\w+)\}/g, (brace, name: string) => String(context.named(name) ?? brace))
  }
}
