// Plain JavaScript: this is what makes TypeScript run.
import { build, stop } from 'esbuild'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const scripts = fileURLToPath(new URL('.', import.meta.url))
const programs = fileURLToPath(new URL('../node_modules/.cache/yidan/programs/', import.meta.url))

/** Modules find what lies beside them by their own address, so each keeps the one that it has in the checkout. */
const ownAddresses = {
  name: 'own-addresses',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    })),
}

/**
 * Makes JavaScript of a TypeScript file of this folder and all that it imports of ours, in a fraction of a second; answers its address. A
 * process that runs it needs no compiler inside. What is imported only when it is needed stays in files of its own.
 */
export async function bundle(script) {
  const { outputFiles } = await build({
    entryPoints: [join(scripts, script)],
    outdir: programs,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    plugins: [ownAddresses],
    write: false,
  })
  // The compiler is a process of its own, which would stay for as long as ours.
  await stop()
  const folder = join(programs, hashOf(outputFiles))
  if (!existsSync(folder)) writeFolder(folder, outputFiles)
  return pathToFileURL(join(folder, script.replace(/\.ts$/, '.mjs'))).href
}

const hashOf = (files) =>
  files.reduce((hash, { contents }) => hash.update(contents), createHash('sha256')).digest('hex')

/** Whole or not at all: the same program may be started twice at one moment. */
function writeFolder(folder, files) {
  const unfinished = `${folder}-${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  for (const { path, contents } of files) writeFileSync(join(unfinished, basename(path)), contents)
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
}
