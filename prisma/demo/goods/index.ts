import type { DemoFamily, DemoItem, DemoUnit } from '../shapes.ts'
import { fasteners } from './fasteners.ts'
import { fittings } from './fittings.ts'
import type { Axis, Plan } from './plan.ts'
import { tools } from './tools.ts'

const plans: Plan[] = [...fasteners, ...fittings, ...tools]

/** Every item of the demo company, family by family: about 1,200. */
export function demoGoods(): { families: DemoFamily[]; items: DemoItem[] } {
  const families = plans.map(({ code, name, category, axes }) => ({
    code,
    name,
    category,
    axes: axes.map(({ key, label, values }) => ({ key, label: { zh: label }, values: [...values] })),
  }))
  return { families, items: plans.flatMap(itemsOf) }
}

const itemsOf = (plan: Plan): DemoItem[] =>
  variantsOf(plan.axes)
    .filter((variant) => !plan.skip?.(variant))
    .map((variant, i) => itemOf(plan, variant, i))

function itemOf(plan: Plan, variant: Record<string, string>, i: number): DemoItem {
  const price = round(plan.price(variant))
  return {
    code: `${plan.code}-${String(i + 1).padStart(3, '0')}`,
    family: plan.code,
    name: plan.name,
    spec: plan.spec(variant),
    category: plan.category,
    brand: plan.brand,
    variant,
    baseUnit: plan.unit,
    units: plan.packs.map(([unit, numerator, denominator = 1]): DemoUnit => ({ unit, numerator, denominator })),
    tracking: plan.tracking ?? 'none',
    listPrice: price,
    cost: round(price * (plan.costShare ?? 0.64)),
    aliases: [...(plan.aliases ?? [])],
  }
}

/** Prices as a price list has them: two decimals from ten yuan on, three below one. */
const round = (price: number): number => Number(price.toFixed(price >= 1 ? 2 : 3))

const variantsOf = (axes: readonly Axis[]): Record<string, string>[] =>
  axes.reduce<Record<string, string>[]>(
    (all, axis) => all.flatMap((variant) => axis.values.map((value) => ({ ...variant, [axis.key]: value }))),
    [{}],
  )
