import {
  type Document,
  type DocumentDescription,
  type Field,
  type FieldDescription,
  type Fields,
  isWritable,
  type Option,
} from '#contract'
import { type Caller, canRead, canWrite } from '#kernel/caller'

/** The description of a document for one viewer: fields he may not read are not in it. */
export function describe(caller: Caller, document: Document): DocumentDescription {
  return {
    name: document.name,
    label: document.label,
    page: document.page,
    title: document.title,
    summary: document.summary.filter((key) => canRead(caller, document.fields[key]?.group)),
    states: Object.entries(document.states ?? {}).map(([value, state]) => ({
      value,
      label: state.label,
      colour: state.colour,
    })),
    fields: described(caller, document.fields),
    lines: described(caller, document.lines?.fields ?? {}),
  }
}

const described = (caller: Caller, fields: Fields): FieldDescription[] =>
  Object.entries(fields)
    .filter(([, field]) => canRead(caller, field.group))
    .map(([key, field]) => describedField(caller, key, field))

function describedField(caller: Caller, key: string, field: Field): FieldDescription {
  const own = field.stored === 'custom'
  return {
    key,
    kind: field.kind,
    label: field.label,
    stored: field.stored ?? 'column',
    required: field.required ?? false,
    writable: (own || isWritable(field)) && canWrite(caller, field.group),
    inList: field.inList ?? false,
    hint: field.hint,
    options: 'options' in field ? field.options.map((option: Option) => ({ ...option })) : undefined,
    to: 'to' in field ? field.to : undefined,
  }
}
