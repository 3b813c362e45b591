import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Lines that a file may have. It only ever falls: a file that grows beyond it is two files. */
const linesMax = 400

const folders = ['server', 'bot', 'miniapp', 'simulator', 'scripts', 'prisma', 'test', 'bench']
const notOurs = /(^|\/)(node_modules|dist|fixtures|server\/kernel\/prisma)(\/|$)/

/** Names that say nothing about what is inside. */
const emptyWords = 'utils?|helpers?|services|types|constants|common|misc|shared|managers?|handlers?|repositories|dtos?'
const emptyName = new RegExp(`^(${emptyWords})$|-(${emptyWords})$`)

const kebab = '[a-z0-9]+(-[a-z0-9]+)*'
const moduleName = new RegExp(`^${kebab}(\\.(model|document))?((\\.scenario)?\\.test|\\.d)?\\.(ts|mjs)$`)
const componentName = /^[A-Z][A-Za-z0-9]*(\.test)?\.(vue|ts)$/
const folderName = new RegExp(`^${kebab}$`)

/** What is untidy in this checkout, one line for each. */
export function untidy(root: string): string[] {
  const files = folders.flatMap((folder) => filesIn(root, folder))
  return [
    ...files.flatMap((path) => [...nameFaults(path), ...lengthFaults(root, path)]),
    ...folderFaults(files),
    ...doorFaults(root),
  ]
}

function filesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !notOurs.test(path) && /\.(ts|mjs|vue)$/.test(path))
}

function nameFaults(path: string): string[] {
  const name = basename(path)
  const stem = name.split('.')[0] ?? ''
  if (emptyName.test(stem)) return [`${path}: name it after what it does; "${stem}" says nothing.`]
  if (path.endsWith('.vue')) return componentName.test(name) ? [] : [`${path}: components are PascalCase.vue.`]
  // Some components are render functions without a template.
  const isComponent = /^(miniapp|simulator\/page)\//.test(path) && componentName.test(name)
  if (moduleName.test(name) || isComponent) return []
  return [`${path}: files are kebab-case.ts, with no suffix but .model, .document, .test and .scenario.test.`]
}

function lengthFaults(root: string, path: string): string[] {
  const lines = readFileSync(join(root, path), 'utf8').split('\n').length - 1
  return lines > linesMax
    ? [`${path}: ${lines} lines, of ${linesMax} at most. A file of many ideas is several files.`]
    : []
}

function folderFaults(files: string[]): string[] {
  const all = new Set(files.flatMap((path) => ancestors(dirname(path))))
  return [...all]
    .filter((folder) => emptyName.test(basename(folder)) || !folderName.test(basename(folder)))
    .map((folder) => `${folder}/: a folder is named after a thing of the business, in kebab-case.`)
}

function ancestors(folder: string): string[] {
  return folder === '.' ? [] : [folder, ...ancestors(dirname(folder))]
}

/** A module lies flat, and it and every engine has a door. */
function doorFaults(root: string): string[] {
  return ['server/modules', 'server/engines'].flatMap((floor) =>
    subfolders(join(root, floor)).flatMap((name) => {
      const unit = join(floor, name)
      const door = existsSync(join(root, unit, 'index.ts')) ? [] : [`${unit}/: has no door, index.ts.`]
      const nested =
        floor === 'server/modules' ? subfolders(join(root, unit)).filter((inner) => inner !== 'fixtures') : []
      return [...door, ...nested.map((inner) => `${unit}/${inner}/: a module lies flat; two folders are two modules.`)]
    }),
  )
}

function subfolders(path: string): string[] {
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const faults = untidy(fileURLToPath(new URL('..', import.meta.url)))
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
}
