import type { LucideIcon } from 'lucide-vue-next'
import type { Component } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { Text } from '#contract'

/** What a feature shows on everybody's first screen, loaded with it. Small `place` comes first; without the right it is left out. */
export type HomeCard = { key: string; place: number; needs?: string; view: () => Promise<{ default: Component }> }
export type QuickAction = {
  key: string
  place: number
  needs?: string
  /** The group of fields that it is about: for whoever may read it. */
  sees?: string
  label: Text
  icon: LucideIcon
  to: RouteLocationRaw
}

type Contribution = { homeCards?: HomeCard[]; quickActions?: QuickAction[] }
const features = Object.values(import.meta.glob<Contribution>('../*/home.ts', { eager: true }))

const inPlace = (a: { place: number }, b: { place: number }): number => a.place - b.place
export const homeCards = features.flatMap((feature) => feature.homeCards ?? []).sort(inPlace)
export const quickActions = features.flatMap((feature) => feature.quickActions ?? []).sort(inPlace)
