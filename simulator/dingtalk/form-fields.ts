import type { Fields } from '../request-body.ts'
import type { DrawnField } from './drawn.ts'

const MANY = ['MULTI_SELECT', 'MULTI_CHECKBOX_GROUP', 'TEXT_ARRAY']
const TICKS = ['CHECKBOX', 'SWITCH']

/** What the client sends of a form, or in words why it does not let it through. */
export function filled(fields: DrawnField[], given: Fields): Fields | string {
  const values: Fields = {}
  for (const field of fields) {
    const value = field.isReadOnly || field.isHidden ? field.value : (given[field.name] ?? field.value)
    const fault = faultOf(field, value)
    if (fault) return fault
    values[field.name] = value
  }
  return values
}

function faultOf(field: DrawnField, value: unknown): string | undefined {
  const name = field.label || field.placeholder || field.name
  const isEmpty = value === '' || value === undefined || (Array.isArray(value) && value.length === 0)
  if (isEmpty) return field.isRequired ? `请填写${name}` : undefined
  if (MANY.includes(field.type)) return Array.isArray(value) ? undefined : `${name}：格式不对`
  if (TICKS.includes(field.type)) return typeof value === 'boolean' ? undefined : `${name}：格式不对`
  const text = String(value)
  if (field.type === 'NUMBER' && !/^-?\d+(\.\d+)?$/.test(text)) return `${name}：请输入数字`
  if (field.lengthMax !== undefined && text.length > field.lengthMax) return `${name}：不能超过 ${field.lengthMax} 个字`
  const isChoice = field.options.length > 0
  return isChoice && !field.options.some((option) => option.value === text) ? `${name}：没有这个选项` : undefined
}
