import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { z } from 'zod'
import { allRefusals, type Document, type Endpoint, type Field, type Fields, valueSchema } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
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
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const { name: tag, endpoints } of [...served.map((one) => one.contract), ...servedApart])
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(tag, name, endpoint) }
    }
  const made = createDocument({
    openapi: '3.1.1',
    info: { title: 'Yidan 一单', version: '1', description: problemsList() },
    paths: paths as ZodOpenApiPathsObject, // methods are lower-case HTTP methods by construction
  })
  return forViewer(made, caller, documents)
}

function operation(tag: string, name: string, endpoint: Endpoint): ZodOpenApiOperationObject {
  const shape = endpoint.input instanceof z.ZodObject ? (endpoint.input.shape as Record<string, z.ZodType>) : {}
  const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
  const pick = (keep: boolean) =>
    z.object(Object.fromEntries(Object.entries(shape).filter(([key]) => inPath.includes(key) === keep)))
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
      '200': { description: 'Done', content: { 'application/json': { schema: endpoint.output } } },
      '4XX': { description: 'Refused', content: { 'application/problem+json': { schema: Problem } } },
    },
  }
}

const problemsList = (): string =>
  [
    'Refusals by code:',
    ...[...allRefusals()].map(([code, text]) => `- \`${code}\` (${text.status}): ${text.en ?? text.zh}`),
  ].join('\n')

type Schema = { document?: string; properties?: Record<string, unknown>; required?: string[]; items?: Schema } & Record<
  string,
  unknown
>

/** Walks the finished document: wherever a document's schema stands, it is cut to the viewer and gets the company's own fields. */
function forViewer(node: unknown, caller: Caller, documents: Document[]): object {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)])) as Schema // a plain JSON object
    const document = documents.find((one) => one.name === copy.document)
    return document ? cutSchema(copy, caller, document) : copy
  }
  return visit(node) as object // an object went in
}

function cutSchema(schema: Schema, caller: Caller, document: Document): Schema {
  const cut = cutProperties(schema, caller, document.fields)
  const lines = cut.properties?.['lines'] as Schema | undefined // `lines` of a document is always an array schema
  if (lines?.items) lines.items = cutProperties(lines.items, caller, document.lines?.fields ?? {})
  return cut
}

function cutProperties(schema: Schema, caller: Caller, fields: Fields): Schema {
  const hidden = (key: string): boolean => !canRead(caller, fields[key]?.group)
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => !hidden(key)))
  const own = Object.entries(fields).filter(([key, field]) => field.stored === 'custom' && !hidden(key))
  if ('custom' in properties)
    properties['custom'] = {
      type: 'object',
      properties: Object.fromEntries(own.map(([key, field]) => [key, ownSchema(field)])),
    }
  return { ...schema, properties }
}

const ownSchema = (field: Field): object => ({
  ...z.toJSONSchema(valueSchema(field), { io: 'input' }),
  title: field.label.zh,
})
