import { createDocument, type ZodOpenApiMediaTypeObject, type ZodOpenApiOperationObject } from 'zod-openapi'
import { z } from 'zod'
import { allRefusals, answersFile, type Document, type Endpoint, type Field, type Fields, valueSchema } from '#contract'
import { type Caller, canRead, canWrite } from '#kernel/caller'
import { served, servedApart } from './contracts.ts'

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string(),
    facts: z.record(z.string(), z.unknown()),
    errors: z.array(z.object({ field: z.string(), message: z.string() })),
  })
  .meta({ id: 'Problem' })

/**
 * The API in OpenAPI 3.1, for one viewer: fields he may not read are not in it, the company's own fields are.
 * `documents` are the descriptors with own fields.
 */
export function openApi(caller: Caller, documents: Document[]): object {
  whole ??= drawn()
  return forViewer(whole, caller, documents)
}

/** The same for nobody in particular: it changes only with the code. */
let whole: object | undefined

function drawn(): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const { name: tag, endpoints } of [...served.map((one) => one.contract), ...servedApart])
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(tag, name, endpoint) }
    }
  return createDocument({
    openapi: '3.1.1',
    info: { title: 'Yidan 一单', version: '1', description: problemsList() },
    paths: paths, // methods are lower-case HTTP methods by construction
  })
}

function operation(tag: string, name: string, endpoint: Endpoint): ZodOpenApiOperationObject {
  const shape = endpoint.input instanceof z.ZodObject ? (endpoint.input.shape as Record<string, z.ZodType>) : {}
  const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
  // Without its id, the whole input's name would be given to a part of it.
  const { id: _, ...marks } = endpoint.input.meta() ?? {}
  const pick = (keep: boolean) =>
    z.object(Object.fromEntries(Object.entries(shape).filter(([key]) => inPath.includes(key) === keep))).meta(marks)
  const inQuery = endpoint.method === 'GET' || endpoint.method === 'DELETE'
  return {
    operationId: `${tag}.${name}`,
    tags: [tag],
    summary: endpoint.about.en ?? endpoint.about.zh,
    description: endpoint.about.zh,
    requestParams: {
      path: pick(true),
      ...(inQuery ? { query: pick(false) } : {}),
      ...(endpoint.changes ? { header: z.object({ 'Idempotency-Key': z.string().max(255) }) } : {}),
    },
    ...(inQuery ? {} : { requestBody: { content: { 'application/json': { schema: pick(false) } } } }),
    responses: {
      '200': { description: 'Done', content: answerOf(endpoint) },
      '4XX': { description: 'Refused', content: { 'application/problem+json': { schema: Problem } } },
    },
  }
}

const answerOf = (endpoint: Endpoint): Record<string, ZodOpenApiMediaTypeObject> =>
  answersFile(endpoint)
    ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: endpoint.output } }

const problemsList = (): string =>
  [
    'Refusals by code:',
    ...[...allRefusals()].map(([code, text]) => `- \`${code}\` (${text.status}): ${text.en ?? text.zh}`),
  ].join('\n')

type Schema = {
  /** The document that this is a view of, that this is written into, whose line this is written into. */
  'x-document'?: string
  'x-written'?: string
  'x-written-line'?: string
  properties?: Record<string, unknown>
  required?: string[]
  items?: Schema
} & Record<string, unknown>

/** Walks the finished document: wherever a document's schema stands, it is cut to the viewer and gets the company's own fields. */
function forViewer(node: unknown, caller: Caller, documents: Document[]): object {
  const named = (name: string | undefined) => documents.find((document) => document.name === name)
  const read = (field: Field | undefined) => canRead(caller, field?.group)
  const written = (field: Field | undefined) => canWrite(caller, field?.group)
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)])) as Schema // a plain JSON object
    const seen = named(copy['x-document'])
    if (seen) return cutSchema(copy, seen, read)
    const sent = named(copy['x-written'])
    if (sent) return cutSchema(copy, sent, written)
    const sentLine = named(copy['x-written-line'])
    return sentLine ? cutProperties(copy, sentLine.lines?.fields ?? {}, written) : copy
  }
  return visit(node) as object // an object went in
}

type May = (field: Field | undefined) => boolean

function cutSchema(schema: Schema, document: Document, may: May): Schema {
  const cut = cutProperties(schema, document.fields, may)
  const lines = cut.properties?.['lines'] as Schema | undefined // `lines` of a document is always an array schema
  if (lines?.items) lines.items = cutProperties(lines.items, document.lines?.fields ?? {}, may)
  return cut
}

function cutProperties(schema: Schema, fields: Fields, may: May): Schema {
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => may(fields[key])))
  const own = Object.entries(fields).filter(([, field]) => field.stored === 'custom' && may(field))
  if ('custom' in properties)
    properties['custom'] = {
      type: 'object',
      properties: Object.fromEntries(own.map(([key, field]) => [key, ownSchema(field)])),
    }
  return { ...schema, properties, required: schema.required?.filter((key) => key in properties) }
}

const ownSchema = (field: Field): object => ({
  ...z.toJSONSchema(valueSchema(field), { io: 'input' }),
  title: field.label.zh,
})
