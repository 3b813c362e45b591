// Plain JavaScript, as the thread that it runs in. An .xlsx file is a ZIP archive of XML parts. Libraries hold every cell until all are there;
// here rows are compressed as they come, so that a workbook of millions of cells costs what its file does.
import { crc32, constants, deflateRawSync } from 'node:zlib'

/** What a cell of Excel's takes: so many characters, and none that its XML has no place for. */
const textMax = 32_767
const unwritable = /[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu
/** Excel reads '_x0041_' as the letter that the number stands for. */
const readAsCode = /_(?=x[0-9A-Fa-f]{4}_)/g
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text) => text.replace(/[&<>"]/g, (character) => entities[character])
const inCell = (text) => escaped(text.slice(0, textMax).replace(unwritable, '').replace(readAsCode, '_x005F_'))

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** A workbook that takes sheets and their rows in any order, until it is asked for its file. */
export function workbook() {
  const sheets = []
  const formats = []
  /** Plain cells have style 0, headings 1; each number format has one of its own after these. */
  const styleOf = (format) => {
    if (!format) return 0
    if (!formats.includes(format)) formats.push(format)
    return formats.indexOf(format) + 2
  }
  return {
    /** Begins a sheet; answers what takes its rows. */
    sheet: ({ name, headings }) => {
      const part = compressing()
      part.add(sheetHead(headings))
      const styles = headings.map(({ format }) => styleOf(format))
      let row = 1
      part.add(rowOf(row, headings, (heading, at) => textCell(at, heading.words, 1)))
      sheets.push({ name, part })
      return (rows) =>
        part.add(rows.map((cells) => rowOf(++row, cells, (cell, at, i) => cellOf(at, cell, styles[i]))).join(''))
    },
    file: () => {
      for (const { part } of sheets) part.add('</sheetData></worksheet>')
      return archive([
        ['[Content_Types].xml', whole(contentTypes(sheets.length))],
        ['_rels/.rels', whole(relationships([['officeDocument', 'xl/workbook.xml']]))],
        ['xl/workbook.xml', whole(workbookPart(sheets))],
        ['xl/_rels/workbook.xml.rels', whole(relationships(partsOf(sheets)))],
        ['xl/styles.xml', whole(stylesPart(formats))],
        ...sheets.map(({ part }, i) => [`xl/worksheets/sheet${i + 1}.xml`, part]),
      ])
    },
  }
}

/** The headings stay where they are when one scrolls. */
const sheetHead = (headings) =>
  `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
  `<sheetFormatPr defaultRowHeight="15"/><cols>${headings
    .map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('')}</cols><sheetData>`

function rowOf(row, cells, write) {
  const written = cells.map((cell, i) => write(cell, `${letters(i)}${row}`, i))
  return `<row r="${row}">${written.join('')}</row>`
}

/** A number stands as one, shown by its column's format; everything else is text, whatever it begins with. */
function cellOf(at, cell, style) {
  if (cell === null || cell === undefined || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${at}"${style ? ` s="${style}"` : ''}><v>${cell}</v></c>`
  return textCell(at, String(cell), 0)
}
const textCell = (at, text, style) =>
  `<c r="${at}"${style ? ` s="${style}"` : ''} t="inlineStr"><is><t xml:space="preserve">${inCell(text)}</t></is></c>`

/** 0 is A, 25 is Z, 26 is AA. */
const letters = (column) =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))

const workbookPart = (sheets) =>
  `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets
    .map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join('')}</sheets></workbook>`

const partsOf = (sheets) => [
  ...sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`]),
  ['styles', 'styles.xml'],
]

const relationships = (targets) =>
  `${declaration}<Relationships xmlns="${relations}">${targets
    .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${office}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

function contentTypes(sheets) {
  const kind = (name) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${name}+xml`
  const parts = [
    ['xl/workbook.xml', kind('sheet.main')],
    ['xl/styles.xml', kind('styles')],
    ...Array.from({ length: sheets }, (_, i) => [`xl/worksheets/sheet${i + 1}.xml`, kind('worksheet')]),
  ]
  return (
    `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${parts.map(([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`).join('')}</Types>`
  )
}

/** Formats of one's own are numbered from 164. */
const formatsFrom = 164
const stylesPart = (formats) =>
  `${declaration}<styleSheet xmlns="${main}">` +
  (formats.length > 0
    ? `<numFmts count="${formats.length}">${formats
        .map((format, i) => `<numFmt numFmtId="${formatsFrom + i}" formatCode="${escaped(format)}"/>`)
        .join('')}</numFmts>`
    : '') +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${formats.length + 2}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  `${formats
    .map(
      (_, i) => `<xf numFmtId="${formatsFrom + i}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
    )
    .join(
      '',
    )}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/** A part of the archive that is compressed piece by piece: each piece ends on a whole byte, so that the next can follow. */
function compressing() {
  const pieces = []
  let [crc, size] = [0, 0]
  return {
    add: (text) => {
      const bytes = Buffer.from(text)
      crc = crc32(bytes, crc)
      size += bytes.length
      pieces.push(deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }))
    },
    end: () => ({ crc, size, content: Buffer.concat([...pieces, deflateRawSync('')]) }),
  }
}

function whole(text) {
  const part = compressing()
  part.add(text)
  return part
}

/** The first day that a ZIP archive can name: a file says nothing of when it was made. */
const someDay = 0x21
const deflated = 8
const version = 20

function archive(parts) {
  const local = []
  const central = []
  let offset = 0
  for (const [name, part] of parts) {
    const { crc, size, content } = part.end()
    const about = Buffer.alloc(26)
    about.writeUInt16LE(version, 0)
    about.writeUInt16LE(deflated, 4)
    about.writeUInt16LE(someDay, 8)
    about.writeUInt32LE(crc, 10)
    about.writeUInt32LE(content.length, 14)
    about.writeUInt32LE(size, 18)
    about.writeUInt16LE(name.length, 22)
    const header = Buffer.concat([signature(0x04034b50), about, Buffer.from(name)])
    local.push(header, content)
    const where = Buffer.alloc(14)
    where.writeUInt32LE(offset, 10)
    central.push(signature(0x02014b50), uint16(version), about, where, Buffer.from(name))
    offset += header.length + content.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...local, directory, signature(0x06054b50), end])
}

function signature(value) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
function uint16(value) {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
