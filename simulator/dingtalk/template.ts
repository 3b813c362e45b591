import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'

/** A layout that was made in DingTalk's card builder and imported into the company. */
export type CardTemplate = {
  /** Ends in `.schema`. */
  templateId: string
  /** The file as the builder exports it: `{editorData, widgetInfo, type, mode}`, where editorData is a JSON text. */
  file: unknown
}

export type TemplateNode = { component: string; id: string; props: Fields; children: TemplateNode[] }
export type Template = {
  templateId: string
  /** The type of each variable, by name. */
  variables: Map<string, string>
  nodes: TemplateNode[]
}

/** What this simulator knows to draw. */
const COMPONENTS = [
  ...['Card', 'CardHeader', 'CardHeaderV2', 'BaseText', 'Markdown', 'MarkdownBlock', 'Divider', 'Image', 'Tag'],
  ...['Grid', 'ColumnLayout', 'Column', 'Loop', 'ButtonGroup', 'SingleButton', 'Form', 'Input', 'SelectBlock'],
]
/** Variables of these types hold a plain text; those of any other are sent as JSON texts. */
const TEXT_TYPES = ['string', 'markdown', 'url', 'image', 'date']

/** Reads an exported template. One that this simulator could not draw is refused here, not at the first card. */
export function readTemplate({ templateId, file }: CardTemplate): Template {
  const editor = isFields(file) ? jsonOf(textOf(file['editorData'])) : undefined
  const schema = isFields(editor) ? editor['schema'] : undefined
  const tree = isFields(schema) ? schema['componentsTree'] : undefined
  if (!isFields(editor) || !Array.isArray(tree))
    throw new Error(`the template ${templateId} is no export of the card builder`)
  const declared = Array.isArray(editor['variableList']) ? editor['variableList'].filter(isFields) : []
  return {
    templateId,
    variables: new Map(declared.map((variable) => [textOf(variable['name']), textOf(variable['type'])])),
    nodes: tree.map((each) => readNode(templateId, each)),
  }
}

function readNode(templateId: string, value: unknown): TemplateNode {
  const given = isFields(value) ? value : {}
  const component = textOf(given['componentName'])
  if (!COMPONENTS.includes(component))
    throw new Error(`the template ${templateId} has an unknown component: ${component}`)
  const children = Array.isArray(given['children']) ? given['children'] : []
  return {
    component,
    id: textOf(given['id']),
    props: isFields(given['props']) ? given['props'] : {},
    children: children.map((each) => readNode(templateId, each)),
  }
}

/** What is wrong with the texts of variables: those of some types must be JSON. */
export function faultOfValues(template: Template, values: Record<string, string>): string | undefined {
  for (const [name, text] of Object.entries(values)) {
    const type = template.variables.get(name)
    if (type === undefined || text === '' || TEXT_TYPES.includes(type)) continue
    if (!fits(type, jsonOf(text))) return `${name} is a variable of type ${type}`
  }
  return undefined
}

function fits(type: string, value: unknown): boolean {
  if (type === 'number') return typeof value === 'number'
  if (type === 'boolean') return typeof value === 'boolean'
  if (type.toLowerCase().includes('array') || type === 'selectOptions') return Array.isArray(value)
  return isFields(value)
}

/** The variables as the layout reads them: texts as they are, everything else parsed. */
export function valuesOf(template: Template, texts: Record<string, string>): Fields {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const type = template.variables.get(name) ?? 'string'
      return [name, TEXT_TYPES.includes(type) ? text : jsonOf(text)]
    }),
  )
}
