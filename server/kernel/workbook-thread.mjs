// Plain JavaScript: it runs in a thread of its own, which has no compiler inside. What others made is read here, so that a file that
// means harm, or is merely large, costs this thread its memory and its time, and nobody else his. Large workbooks are written here as well.
import { parentPort, workerData } from 'node:worker_threads'
import { parseCsv } from 'hucre/csv'
import { readXlsx, writeXlsx } from 'hucre/xlsx'

const { task, content, rowsMax, columnsMax, unpackedMax, cellMax } = workerData
/** What a cell may hold is what a line of text may: no control characters, which PostgreSQL would not take either. */
const control = /[^\P{Cc}\t\n\r]/gu

class Unreadable extends Error {}

const startsWith = (...bytes) => bytes.every((byte, i) => content[i] === byte)

async function read() {
  if (startsWith(0xd0, 0xcf, 0x11, 0xe0)) throw new Unreadable('old_format')
  const rows = startsWith(0x50, 0x4b) ? await sheetOf(content) : linesOf(text(content))
  const filled = rows.map(rowOf)
  while (filled.length > 0 && filled.at(-1).every((cell) => cell === '')) filled.pop()
  if (filled.length === 0) throw new Unreadable('empty')
  if (filled.length > rowsMax) throw new Unreadable('too_many_rows')
  return filled
}

/** The first sheet that is shown and has rows. A formula is its last result; nothing is worked out. */
async function sheetOf(bytes) {
  checkUnpacked(bytes)
  const { sheets } = await readXlsx(bytes, {
    sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden,
    maxRows: rowsMax + 1,
  })
  return sheets.find(({ rows }) => rows.length > 0)?.rows ?? []
}

/** Refuses what would unpack to more than a workbook of people does; the reader holds each part to the size that it declares. */
function checkUnpacked(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.byteLength - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0) throw new Unreadable('broken')
  let at = view.getUint32(end + 16, true)
  let unpacked = 0
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > bytes.byteLength || view.getUint32(at, true) !== 0x02014b50) throw new Unreadable('broken')
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const isFolder = bytes[at + 45 + nameLength] === 0x2f
    if (size === 0 && !isFolder) throw new Unreadable('broken')
    unpacked += Math.max(size, packed)
    if (unpacked > unpackedMax) throw new Unreadable('unpacks_too_large')
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
}

/** UTF-8 where it is that; what is not was written by a Chinese Excel. */
function text(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function linesOf(written) {
  return parseCsv(written, { delimiter: delimiterOf(written), maxRows: rowsMax + 1 })
}

/** What parts the cells of the first lines most often; a title above them has nothing to part. */
function delimiterOf(written) {
  const beginning = written.slice(0, 4_000)
  const counted = ['\t', ',', ';'].map((one) => ({ one, count: beginning.split(one).length }))
  return counted.reduce((most, next) => (next.count > most.count ? next : most)).one
}

function rowOf(cells) {
  if (cells.length > columnsMax && cells.slice(columnsMax).some((cell) => cell !== null && cell !== ''))
    throw new Unreadable('too_many_columns')
  return cells.slice(0, columnsMax).map(cellText)
}

function cellText(value) {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return String(value).replace(control, '').trim().slice(0, cellMax)
}

/** As Excel shows it: fifteen digits, and no trace of the binary fraction. */
const numberText = (value) => (Number.isSafeInteger(value) ? String(value) : plain(Number(value.toPrecision(15))))
const plain = (value) => (/e/.test(String(value)) ? value.toFixed(10).replace(/\.?0+$/, '') : String(value))

/** The sheets as they come, until it is said that this was all. */
function sheetsToWrite() {
  const sheets = []
  return new Promise((resolve) =>
    parentPort.on('message', (message) => {
      if (message === 'end') return resolve(sheets)
      if (message.head) return sheets.push({ ...message.head, rows: [] })
      for (const row of message.rows) sheets[message.at].rows.push(row.map(storable))
    }),
  )
}

/** What a cell of Excel's takes: so many characters, and none that its XML has no place for. */
const storable = (cell) =>
  typeof cell === 'string' ? cell.replace(unwritable, '').slice(0, textMax).replace(readAsCode, '_x005F_') : cell
const unwritable = /[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu
const textMax = 32_767
/** Excel reads '_x0041_' as the letter that the number stands for. */
const readAsCode = /_(?=x[0-9A-Fa-f]{4}_)/g

/** Headings in bold and held in place; what begins like a formula is text. */
const written = (sheets) =>
  writeXlsx({
    sheets: sheets.map(({ name, headings, rows }) => ({
      name,
      columns: headings.map(({ width, format }) => ({ width, numFmt: format })),
      rows: [headings.map(({ words }) => words), ...rows],
      cells: new Map(
        headings.map(({ words }, i) => [`0,${i}`, { value: words, type: 'string', style: { font: { bold: true } } }]),
      ),
      freezePane: { rows: 1 },
    })),
    stringMode: 'inline',
  })

try {
  const answer = task === 'write' ? { written: await written(await sheetsToWrite()) } : { rows: await read() }
  parentPort.postMessage(answer, answer.written ? [answer.written.buffer] : [])
} catch (error) {
  // The library's own errors say what is wrong with the file in words for programmers: encrypted, no ZIP, no XML.
  const reason =
    error instanceof Unreadable ? error.message : error?.name === 'EncryptedFileError' ? 'encrypted' : 'broken'
  parentPort.postMessage({ reason }, [])
}
