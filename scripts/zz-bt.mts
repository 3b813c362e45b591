import { openDatabase } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
const scale = Number(process.argv[2])
process.env.DATA_DIR = '/tmp/benchdata'
const t0=Date.now()
const d = await openDatabase({ dataDir: '/tmp/benchdata', log: console.log })
import pg from 'pg'
const c = new pg.Client(d.url.replace(/yidan$/,'postgres')); await c.connect()
await c.query(`drop database if exists b${scale}`); await c.query(`create database b${scale}`)
const url = d.url.replace(/\/yidan$/, `/b${scale}`)
process.env.DATABASE_URL = url
console.log('db', Date.now()-t0)
await migrate(url, { log: ()=>{} })
console.log('migrated', Date.now()-t0)
const { furnish } = await import('./house.ts')
const { loadDemo } = await import('../prisma/demo/load.ts')
await furnish()
console.log('furnished', Date.now()-t0)
const log=(l)=>console.log(Date.now()-t0, l)
await loadDemo({ scale, log })
console.log('loaded', Date.now()-t0, process.memoryUsage().rss/1e6)
const n = new pg.Client(url); await n.connect()
console.table((await n.query(`select relname, reltuples::bigint n, pg_size_pretty(pg_total_relation_size(oid)) s from pg_class where relkind='r' and relnamespace='public'::regnamespace order by reltuples desc limit 25`)).rows)
console.log((await n.query(`select pg_size_pretty(pg_database_size(current_database()))`)).rows)
await n.end(); await c.end()
const { closeDatabase } = await import('../server/kernel/db.ts'); await closeDatabase()
await d.stop(); process.exit()
