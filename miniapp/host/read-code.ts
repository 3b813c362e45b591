import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

// Our own copy: by itself the library would fetch one from an outside host.
prepareZXingModule({
  overrides: { locateFile: (file: string, folder: string) => (file.endsWith('.wasm') ? wasm : folder + file) },
})

const formats = ['QRCode', 'EAN-13', 'EAN-8', 'Code128', 'Code39', 'ITF', 'DataMatrix'] as const
const canvas = document.createElement('canvas')

/** The text of a code in the picture that the camera shows now; null when there is none. */
export async function readCode(video: HTMLVideoElement): Promise<string | null> {
  const { videoWidth: width, videoHeight: height } = video
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!width || !height || !context) return null
  canvas.width = width
  canvas.height = height
  context.drawImage(video, 0, 0)
  const [found] = await readBarcodes(context.getImageData(0, 0, width, height), {
    formats: [...formats],
    maxNumberOfSymbols: 1,
  })
  return found?.text ?? null
}
