import { computed } from 'vue'
import { inWords } from '../../../i18n.ts'
import type { EntryLine } from './entry.model.ts'
import { type Fix, fixesOfLine, type PreviewLine } from './fixes.model.ts'
import { lineIssue } from './line-issue.ts'
import { availableWords, discountWords, shortWords } from './line-words.ts'
import type { EntryDesk } from './use-entry.ts'

export type LineRow = {
  line: EntryLine
  known: PreviewLine | undefined
  issue: ReturnType<typeof lineIssue>
  /** What is wrong with it or missing of it, in words; '' when nothing is. */
  trouble: string
  /** Whether that is no obstacle: the rest is to come later. */
  waits: boolean
  fixes: Fix[]
  discount: string
  available: string
}

/** The lines of an entry with all that is known and to be said of each. */
export const useLineRows = ({ entry, preview, isTried }: EntryDesk) =>
  computed<LineRow[]>(() =>
    entry.lines.map((line) => {
      const known = preview.lineOf(line.key)
      // An empty line is no mistake while it is new.
      const issue = isTried.value || line.typed !== '' ? lineIssue(line) : undefined
      return {
        line,
        known,
        issue,
        trouble: issue?.words ?? (known ? troubleOf(line, known) : ''),
        waits: entry.backorder && !issue && !known?.problem,
        fixes: fixesOfLine(line, known, entry),
        discount: discountWords(known?.discountPercent),
        available: known ? availableWords(line, known, line.warehouseId ?? entry.warehouseId) : '',
      }
    }),
  )

const troubleOf = (line: EntryLine, known: PreviewLine): string =>
  known.problem ? inWords(known.problem.words) : shortWords(line, known)
