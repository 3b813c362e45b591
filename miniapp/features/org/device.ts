const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'Mac'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
]

/** What a device is called, from what its browser says of itself. */
export const deviceOf = (userAgent: string): string => systems.find(([sign]) => sign.test(userAgent))?.[1] ?? '—'
