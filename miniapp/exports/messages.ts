import { defineMessages } from '../i18n.ts'

export const t = defineMessages(
  'exports',
  {
    export: '导出 Excel',
    exporting: '正在导出…',
    exported: '正在导出 {n} 行…',
    save: '下载 {n} 行',
    again: '重新导出',
    elsewhere: '没有看到文件？点右上角「…」在浏览器中打开，再下载。',
  },
  {
    export: 'Export to Excel',
    exporting: 'Exporting…',
    exported: 'Exporting {n} rows…',
    save: 'Download {n} rows',
    again: 'Export again',
    elsewhere: 'No file? Open this page in a browser and download it there.',
  },
)
