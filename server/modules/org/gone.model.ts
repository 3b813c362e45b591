type Marked = { name: string; mobile?: string | null; email?: string | null; employeeNo?: string | null }

/**
 * Whether an identity that was left has been given to another person meanwhile: a platform whose ids are typed by hand may use one
 * again. Another name and none of his marks: he would inherit somebody's customers.
 */
export function isSomebodyElse(before: Marked & { active: boolean }, now: Marked): boolean {
  if (before.active || before.name === '' || before.name === now.name) return false
  const isSame = (mark: 'mobile' | 'email' | 'employeeNo') => Boolean(before[mark]) && before[mark] === now[mark]
  return !(isSame('mobile') || isSame('email') || isSame('employeeNo'))
}

const fewMax = 3
const shareMax = 0.2

/**
 * Who is no longer in a directory. One that has lost many at a time has more likely lost its app's view of a department than
 * the department: then nobody is sent away, and somebody is told.
 */
export function goneFrom(
  known: readonly string[],
  named: readonly string[],
): { gone: string[]; isBelievable: boolean } {
  const there = new Set(named)
  const gone = known.filter((stableId) => !there.has(stableId))
  return { gone, isBelievable: gone.length <= Math.max(fewMax, known.length * shareMax) }
}
