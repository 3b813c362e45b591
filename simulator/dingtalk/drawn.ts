/** What a card looks like to one viewer. Types only: the simulator's page reads them too. */

export type DrawnButton = {
  /** What a click calls it by: its action id, or its words where it has none. */
  name: string
  text: string
  colour: string
  isDisabled: boolean
  /** Asked before anything is done. */
  confirm?: { title: string; text: string }
  does: { kind: 'open'; url: string } | { kind: 'request'; actionId: string; params: Record<string, unknown> }
}

export type DrawnField = {
  name: string
  label: string
  /** As DingTalk names them: TEXT, TEXT_AREA, NUMBER, SELECT, DATE … */
  type: string
  isRequired: boolean
  isReadOnly: boolean
  isHidden: boolean
  placeholder: string
  lengthMax: number | undefined
  options: { value: string; text: string }[]
  value: unknown
}

export type DrawnBlock =
  | { kind: 'header'; title: string; tags: { text: string; colour: string }[] }
  | { kind: 'text'; text: string; colour: string; isBold: boolean; size: string }
  | { kind: 'markdown'; text: string }
  | { kind: 'tag'; text: string; colour: string }
  | { kind: 'divider' }
  | { kind: 'image'; url: string }
  | { kind: 'row'; columns: DrawnBlock[][] }
  | { kind: 'buttons'; buttons: DrawnButton[]; isRow: boolean }
  /** A field whose value goes with the buttons of the card. */
  | { kind: 'field'; field: DrawnField }
  | { kind: 'form'; name: string; fields: DrawnField[]; buttons: DrawnButton[] }

/** The content of a message that is a card instance. */
export type DrawnInstance = {
  kind: 'instance'
  outTrackId: string
  templateId: string
  /** What the viewer's card is made of: the variables of everybody, with his own over them. */
  variables: Record<string, string>
  blocks: DrawnBlock[]
}

/** What a message says. Only card instances and to-dos ever change. */
export type Content =
  | { kind: 'text'; text: string }
  | { kind: 'markdown'; title: string; text: string }
  | { kind: 'link'; title: string; text: string; url: string; image: string }
  | { kind: 'image'; url: string }
  | { kind: 'actionCard'; title: string; text: string; isRow: boolean; buttons: { title: string; url: string }[] }
  | { kind: 'todo'; subject: string; description: string; dueAt: string | undefined; url: string; isDone: boolean }
  | { kind: 'instance'; outTrackId: string }
