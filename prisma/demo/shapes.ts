export type Tracking = 'none' | 'lot' | 'serial'
export type DemoUnit = { unit: string; numerator: number; denominator: number }
export type DemoFamily = {
  code: string
  name: string
  category: string
  axes: { key: string; label: { zh: string }; values: string[] }[]
}
/** Prices and costs are of one base unit, tax included. */
export type DemoItem = {
  code: string
  family: string
  name: string
  spec: string
  category: string
  brand: string
  variant: Record<string, string>
  baseUnit: string
  units: DemoUnit[]
  tracking: Tracking
  listPrice: number
  cost: number
  aliases: string[]
}
export type DemoCustomer = {
  name: string
  shortName: string
  level: string
  owner: string
  region: string
  industry: string
  term: string
  creditLimit: number
  lateness: number
  size: number
}
