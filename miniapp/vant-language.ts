import { Locale } from 'vant'
import type { Lang } from '#contract'

/** Vant's own words (calendar, picker, dialog) in the reader's language; Chinese is built in. */
export async function speakVant(lang: Lang): Promise<void> {
  const words = lang === 'en' ? await import('vant/es/locale/lang/en-US') : await import('vant/es/locale/lang/zh-CN')
  Locale.use(lang === 'en' ? 'en-US' : 'zh-CN', words.default)
}
