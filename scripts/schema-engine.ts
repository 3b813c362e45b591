import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { migrate } from './migrate.ts'
import { openThrowAwayServer } from './throw-away-postgres.ts'

const schemaDirectory = fileURLToPath(new URL('../prisma/schema', import.meta.url))

/** PostgreSQL's one-byte type `"char"`: its catalogue uses it, and Prisma's adapter knows only lists of it. */
const charOid = 18
const charArrayOid = 1002

let isLoaded = false

type SchemaFile = { path: string; content: string }

/** The SQL that leads from the migrations to the Prisma schema: empty when the two agree. */
export async function diffOfSchema(migrations?: string): Promise<string> {
  const server = await openThrowAwayServer()
  try {
    await migrate(server.url('postgres'), { directory: migrations })
    return await diff(server.url('postgres'))
  } finally {
    await server.stop()
  }
}

async function diff(url: string): Promise<string> {
  await loadEngine()
  const files = readSchema()
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const engine = await openEngine(pool, files)
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: schemaDirectory },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: ['public.schema_migration'], externalEnums: [] },
    })
    return stdout && hasStatements(stdout) ? stdout : ''
  } finally {
    engine.free()
    await pool.end()
  }
}

function readSchema(): SchemaFile[] {
  const names = readdirSync(schemaDirectory).filter((name) => name.endsWith('.prisma'))
  return names.map((name) => {
    const path = join(schemaDirectory, name)
    return { path, content: readFileSync(path, 'utf8') }
  })
}

function hasStatements(sql: string): boolean {
  return sql.split('\n').some((line) => line.trim() !== '' && !line.startsWith('--'))
}

async function openEngine(pool: pg.Pool, files: SchemaFile[]) {
  markChars(pool)
  const datamodels = files.map(({ path, content }): [string, string] => [path, content])
  return glue.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(readingChars(pool)))
}

/** The pool calls a `"char"` a `"char"[]`, which the adapter lets pass ... */
function markChars(pool: pg.Pool) {
  const query = pool.query.bind(pool)
  Object.defineProperty(pool, 'query', {
    // The adapter is the only caller, and it always gives one configuration object.
    value: async (config: pg.QueryConfig) => {
      const result = await query(config)
      for (const field of result.fields) if (field.dataTypeID === charOid) field.dataTypeID = charArrayOid
      return result
    },
  })
}

/** ... and here the answer is put right: no column that the engine reads is really a `"char"[]`. */
function readingChars(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool)
  const connect = async () => {
    const adapter = await factory.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    return Object.assign(adapter, {
      queryRaw: async (query: SqlQuery) => {
        const result = await queryRaw(query)
        const columnTypes = result.columnTypes.map((type) =>
          type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
        )
        return { ...result, columnTypes }
      },
    })
  }
  const { provider, adapterName } = factory
  return { provider, adapterName, connect, connectToShadowDb: connect }
}

/** Once a process: a second instance would leave the first one's objects pointing into the wrong memory. */
async function loadEngine() {
  if (isLoaded) return
  const path = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(path), { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  isLoaded = true
}

// What is used here of the global that Node has and TypeScript knows only with the DOM.
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>
}
