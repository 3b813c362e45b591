/** What the device remembers in a test, in place of the IndexedDB that happy-dom lacks; each test begins with an empty one. */
export const device = new Map<string, unknown>()
