import { computed } from 'vue'
import { isDark } from '../../frame/layout.ts'
import { chartColours } from './ageing-chart.ts'

/** The colours of the ages: the theme decides them, and changes them with the system's. */
export const ageingColours = computed(() => {
  void isDark.value
  const theme = getComputedStyle(document.documentElement)
  return chartColours((name) => theme.getPropertyValue(`--${name}`).trim())
})
