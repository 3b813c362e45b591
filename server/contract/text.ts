import { z } from 'zod'

/** Words for people, Chinese first. English may be missing where a company wrote the words itself. */
export type Text = { zh: string; en?: string }
export type Lang = 'zh' | 'en'

export const Text = z.object({ zh: z.string().min(1).max(200), en: z.string().max(200).optional() })

export const say = (text: Text, lang: Lang): string => (lang === 'en' ? (text.en ?? text.zh) : text.zh)

/** Puts facts into the braces of a sentence: fill('还剩 {left}', { left: '3 箱' }). Unknown braces stay as they are. */
export const fill = (sentence: string, facts: Record<string, unknown>): string =>
  sentence.replace(/\{(\w+)\}/g, (brace, name: string) => (facts[name] == null ? brace : String(facts[name])))
