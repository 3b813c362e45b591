import { Decimal, type Entered, type Lang, Refusal, toBase, type UnitRatio } from '#contract'

/** What was typed, in base units. A refusal names the field that it was typed into. */
export function enteredQuantity(entered: Entered, units: readonly UnitRatio[], field: string, lang: Lang): Decimal {
  try {
    return new Decimal(toBase(entered, units))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.code, error.facts, [{ field, message: error.say(lang) }])
  }
}

/** Refuses on the field that stands in the way. */
export function refuseField(lang: Lang, field: string, code: string, facts: Record<string, unknown> = {}): never {
  throw new Refusal(code, facts, [{ field, message: new Refusal(code, facts).say(lang) }])
}
