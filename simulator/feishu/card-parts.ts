import { isFields } from '../request-body.ts'

/** Says what is wrong with a value, or nothing. */
export type Rule = (value: unknown) => string | undefined

export type Part = {
  /** Every property the platform knows for this part; any other is an error. */
  properties: Record<string, Rule>
  needs?: string[]
  /** Properties that hold further elements. */
  holds?: string[]
}

const text: Rule = (value) => (typeof value === 'string' ? undefined : 'must be a text')
const flag: Rule = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false')
const amount: Rule = (value) => (typeof value === 'number' ? undefined : 'must be a number')
const list: Rule = (value) => (Array.isArray(value) ? undefined : 'must be a list')
const anything: Rule = (value) => (isFields(value) ? undefined : 'must be an object')
const texts: Rule = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? undefined : 'must be a list of texts'

function oneOf(...known: string[]): Rule {
  return (value) => (known.includes(String(value)) ? undefined : `must be one of ${known.join(', ')}`)
}

function within(least: number, most: number): Rule {
  return (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`
}

/** An object with exactly these properties. */
function shaped(properties: Record<string, Rule>, needs: string[] = []): Rule {
  return (value) => (isFields(value) ? faultOf(value, { properties, needs }) : 'must be an object')
}

function each(rule: Rule): Rule {
  return (value) => {
    if (!Array.isArray(value)) return 'must be a list'
    return value.map(rule).find((fault) => fault !== undefined)
  }
}

/** What is wrong with the properties of a part, first fault first. */
export function faultOf(value: Record<string, unknown>, part: Part): string | undefined {
  const missing = part.needs?.find((name) => value[name] === undefined)
  if (missing) return `property ${missing} is required`
  for (const [name, inner] of Object.entries(value)) {
    const rule = Object.hasOwn(part.properties, name) ? part.properties[name] : undefined
    if (!rule) return `unknown property, property: ${name}`
    const fault = rule(inner)
    if (fault) return `${name}: ${fault}`
  }
  return undefined
}

const textProperties = {
  content: text,
  i18n_content: anything,
  text_size: text,
  text_align: oneOf('left', 'center', 'right'),
  text_color: text,
  lines: amount,
}
const plainText = shaped({ tag: oneOf('plain_text'), ...textProperties }, ['tag', 'content'])
const anyText = shaped({ tag: oneOf('plain_text', 'lark_md'), ...textProperties }, ['tag', 'content'])
const icon = shaped(
  { tag: oneOf('standard_icon', 'custom_icon'), token: text, color: text, img_key: text, size: text },
  ['tag'],
)
const urls = { default_url: text, url: text, pc_url: text, ios_url: text, android_url: text }
const confirm = shaped({ title: plainText, text: plainText }, ['title', 'text'])

/** The platform's SDK takes only objects as the value of a button; a text fails at the click, with 200671. */
const behavior: Rule = (value) => {
  if (!isFields(value)) return 'must be an object'
  if (value['type'] === 'callback')
    return faultOf(value, { properties: { type: text, value: anything }, needs: ['value'] })
  if (value['type'] !== 'open_url') return 'type must be callback or open_url'
  if (!value['default_url'] && !(value['pc_url'] && value['ios_url'] && value['android_url']))
    return 'default_url is required'
  return faultOf(value, { properties: { type: text, ...urls } })
}

const common = {
  tag: text,
  element_id: ((value) =>
    /^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(String(value))
      ? undefined
      : 'must start with a letter and hold at most 20 of [A-Za-z0-9_]') satisfies Rule,
  margin: text,
}
const layout = {
  direction: oneOf('vertical', 'horizontal'),
  padding: text,
  horizontal_spacing: text,
  horizontal_align: oneOf('left', 'center', 'right'),
  vertical_spacing: text,
  vertical_align: oneOf('top', 'center', 'bottom'),
}
const interactive = {
  name: text,
  disabled: flag,
  disabled_tips: plainText,
  hover_tips: plainText,
  confirm,
  behaviors: each(behavior),
}
const entry = { ...interactive, required: flag, placeholder: plainText, width: text, value: anything }
const choice = shaped({ text: plainText, value: text, icon, multi_url: shaped(urls) }, ['value'])
const picked = { ...entry, type: oneOf('default', 'text'), options: each(choice) }

const buttonTypes = [
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
]
const headerTemplates = [
  ...['blue', 'wathet', 'turquoise', 'green', 'yellow', 'orange', 'red'],
  ...['carmine', 'violet', 'purple', 'indigo', 'grey', 'default'],
]

/** The elements of JSON 2.0 with all of their properties. */
export const elements: Record<string, Part> = {
  markdown: {
    properties: {
      ...common,
      content: text,
      i18n_content: anything,
      text_size: text,
      text_align: textProperties.text_align,
      icon,
    },
    needs: ['content'],
  },
  div: { properties: { ...common, text: anyText, icon, width: text }, needs: ['text'] },
  hr: { properties: { ...common } },
  img: {
    properties: {
      ...{ ...common, img_key: text, alt: plainText, title: plainText, corner_radius: text, size: text },
      ...{ scale_type: text, transparent: flag, preview: flag },
    },
    needs: ['img_key'],
  },
  column_set: {
    properties: {
      ...{ ...common, columns: list, horizontal_spacing: text, horizontal_align: layout.horizontal_align },
      ...{ flex_mode: oneOf('none', 'stretch', 'flow', 'bisect', 'trisect'), background_style: text, action: anything },
    },
    needs: ['columns'],
    holds: ['columns'],
  },
  column: {
    properties: {
      ...{ ...common, ...layout, elements: list, background_style: text, action: anything },
      ...{ width: text, weight: within(1, 5) },
    },
    holds: ['elements'],
  },
  form: {
    properties: { ...common, ...layout, name: text, elements: list },
    needs: ['name', 'elements'],
    holds: ['elements'],
  },
  input: {
    properties: {
      ...{ ...common, ...entry, default_value: text, label: plainText, label_position: oneOf('top', 'left') },
      ...{ max_length: within(1, 1000), input_type: oneOf('text', 'multiline_text', 'password') },
      ...{ rows: amount, max_rows: amount, auto_resize: flag, show_icon: flag },
    },
  },
  button: {
    properties: {
      ...{ ...common, ...interactive, text: plainText, type: oneOf(...buttonTypes), icon, width: text },
      ...{ size: oneOf('tiny', 'small', 'medium', 'large'), form_action_type: oneOf('submit', 'reset') },
    },
    needs: ['text'],
  },
  select_static: {
    properties: { ...common, ...picked, initial_option: text, initial_index: amount },
    needs: ['options'],
  },
  multi_select_static: { properties: { ...common, ...picked, selected_values: texts }, needs: ['options'] },
  select_person: { properties: { ...common, ...picked, initial_option: text } },
  multi_select_person: { properties: { ...common, ...picked, selected_values: texts } },
  date_picker: { properties: { ...common, ...entry, initial_date: text } },
  picker_time: { properties: { ...common, ...entry, initial_time: text } },
  picker_datetime: { properties: { ...common, ...entry, initial_datetime: text } },
  checker: {
    properties: {
      ...{ ...common, ...interactive, text: anyText, checked: flag, overall_checkable: flag, padding: text },
      ...{ button_area: anything, checked_style: anything },
    },
  },
  overflow: {
    properties: { ...common, ...interactive, options: each(choice), width: text, value: anything },
    needs: ['options'],
  },
  collapsible_panel: {
    properties: {
      ...{ ...common, ...layout, elements: list, expanded: flag, background_color: text },
      header: shaped({
        ...{
          title: anything,
          background_color: text,
          vertical_align: text,
          padding: text,
          position: text,
          width: text,
        },
        ...{ icon, icon_position: text, icon_expanded_angle: amount },
      }),
      border: shaped({ color: text, corner_radius: text }),
    },
    needs: ['header', 'elements'],
    holds: ['elements'],
  },
  interactive_container: {
    properties: {
      ...{ ...common, ...layout, elements: list, width: text, height: text, background_style: text },
      ...{ has_border: flag, border_color: text, corner_radius: text },
      ...{ disabled: flag, disabled_tips: plainText, hover_tips: plainText, confirm, behaviors: each(behavior) },
    },
    needs: ['elements'],
    holds: ['elements'],
  },
  table: {
    properties: {
      ...{ ...common, columns: list, rows: list, page_size: within(1, 10), row_height: text, row_max_height: text },
      ...{ freeze_first_column: flag, header_style: anything },
    },
    needs: ['columns', 'rows'],
  },
  chart: {
    properties: { ...common, chart_spec: anything, aspect_ratio: text, color_theme: text, preview: flag, height: text },
    needs: ['chart_spec'],
  },
  person: {
    properties: { ...common, user_id: text, size: text, show_avatar: flag, show_name: flag, style: text },
    needs: ['user_id'],
  },
  person_list: {
    properties: {
      ...{ ...common, persons: each(shaped({ id: text }, ['id'])), lines: amount, size: text },
      ...{ show_avatar: flag, show_name: flag, drop_invalid_user_id: flag, icon },
    },
    needs: ['persons'],
  },
}

export const tableColumn: Part = {
  properties: {
    ...{ name: text, display_name: text, width: text, format: anything, date_format: text },
    data_type: oneOf('text', 'lark_md', 'markdown', 'options', 'number', 'persons', 'date'),
    horizontal_align: layout.horizontal_align,
    vertical_align: layout.vertical_align,
  },
  needs: ['name', 'data_type'],
}

export const interactiveTags = new Set([
  ...['input', 'button', 'select_static', 'multi_select_static', 'select_person', 'multi_select_person'],
  ...['date_picker', 'picker_time', 'picker_datetime', 'checker', 'overflow'],
])

export const root: Part = {
  properties: {
    schema: oneOf('2.0'),
    config: shaped({
      ...{ streaming_mode: flag, streaming_config: anything, summary: anything, locales: texts, style: anything },
      ...{ enable_forward: flag, enable_forward_interaction: flag, use_custom_translation: flag, width_mode: text },
      update_multi: (value) => (value === true ? undefined : 'must be true in schema 2.0: every card is shared'),
    }),
    card_link: shaped(urls),
    header: shaped(
      {
        ...{ title: anyText, subtitle: anyText, icon, padding: text, template: oneOf(...headerTemplates) },
        text_tag_list: each(
          shaped({ tag: oneOf('text_tag'), element_id: common.element_id, text: anyText, color: text }),
        ),
        i18n_text_tag_list: anything,
      },
      ['title'],
    ),
    body: shaped({ ...layout, elements: list }, ['elements']),
  },
  needs: ['schema', 'body'],
}
