import { Refusal } from '#contract'
import type { Axis } from './contract.ts'

export type Variant = Record<string, string>

/** A variant names one of the offered values on every axis of its family, and nothing else. */
export function checkVariant(axes: readonly Axis[], variant: Variant): void {
  for (const { key, label, values } of axes) {
    const value = variant[key] ?? ''
    if (!values.includes(value))
      throw new Refusal('bad_variant', { axis: label, value }, [{ field: `variant.${key}`, message: label.zh }])
  }
  const unknown = Object.keys(variant).find((key) => !axes.some((axis) => axis.key === key))
  if (unknown) throw new Refusal('bad_variant', { axis: unknown, value: variant[unknown] })
}

/** Axes may gain and lose values, but the items that are there must still stand in a cell. */
export function checkAxes(before: readonly Axis[], after: readonly Axis[], variants: readonly Variant[]): void {
  checkDistinct(after)
  if (variants.length === 0) return
  if (keysOf(before) !== keysOf(after)) throw new Refusal('axes_fixed')
  for (const { key, values } of after) {
    const lost = variants.find((variant) => !values.includes(variant[key] ?? ''))
    if (lost) throw new Refusal('axis_in_use', { value: lost[key] })
  }
}

/** 「螺纹：M6、M8；长度：30、50」. */
export const sayAxes = (axes: readonly Axis[]): string =>
  axes.map(({ label, values }) => `${label.zh}：${values.join('、')}`).join('；')

const keysOf = (axes: readonly Axis[]): string =>
  axes
    .map(({ key }) => key)
    .sort()
    .join()

function checkDistinct(axes: readonly Axis[]): void {
  const isTwice = (list: string[]): boolean => new Set(list).size < list.length
  const at = isTwice(axes.map(({ key }) => key)) ? 0 : axes.findIndex(({ values }) => isTwice(values))
  if (at >= 0) throw new Refusal('malformed', {}, [{ field: `axes.${at}`, message: '规格项或选项重复 / given twice' }])
}
