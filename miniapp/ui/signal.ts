/** Something that hands busy elsewhere can hear and feel: high and short for yes, low and long for no. */
export type Signal = 'good' | 'bad'

const tones: Record<Signal, { hertz: number; ms: number }> = {
  good: { hertz: 1180, ms: 90 },
  bad: { hertz: 220, ms: 320 },
}
const shakes: Record<Signal, number[]> = { good: [40], bad: [120, 60, 120] }

let sound: AudioContext | undefined

export function giveSignal(signal: Signal): void {
  navigator.vibrate?.(shakes[signal])
  beep(tones[signal])
}

/** Old web views, and those that nobody has touched yet, stay silent. */
function beep({ hertz, ms }: { hertz: number; ms: number }): void {
  if (typeof AudioContext === 'undefined') return
  sound ??= new AudioContext()
  if (sound.state === 'suspended') void sound.resume()
  const until = sound.currentTime + ms / 1000
  const tone = sound.createOscillator()
  const volume = sound.createGain()
  tone.frequency.value = hertz
  volume.gain.setValueAtTime(0.2, sound.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.001, until)
  tone.connect(volume).connect(sound.destination)
  tone.start()
  tone.stop(until)
}
