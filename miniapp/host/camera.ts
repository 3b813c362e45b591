import { createApp } from 'vue'

/** Reads a code with the camera, over the page; null when the person gives up. Loaded when it is first needed. */
export async function scanWithCamera(): Promise<string | null> {
  const { default: CameraScan } = await import('./CameraScan.vue')
  const place = document.createElement('div')
  document.body.append(place)
  const before = document.activeElement
  try {
    return await new Promise<string | null>((resolve) =>
      createApp(CameraScan, { onRead: resolve, onGiveUp: () => resolve(null) }).mount(place),
    )
  } finally {
    place.remove()
    if (before instanceof HTMLElement) before.focus()
  }
}
