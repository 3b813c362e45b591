import type { Colour, Text } from '#contract'

/** How a handover stands, in a word and a colour. */
export const handoverStates: Record<'open' | 'done' | 'void', { label: Text; colour: Colour }> = {
  open: { label: { zh: '待交接', en: 'Open' }, colour: 'orange' },
  done: { label: { zh: '已交接', en: 'Handed over' }, colour: 'green' },
  void: { label: { zh: '已恢复在职', en: 'Is back' }, colour: 'grey' },
}
