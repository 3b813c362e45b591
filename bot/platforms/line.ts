/** How an app is connected: `callbacks` when it is called and holds no line, `elsewhere` when another process holds the line. */
export type LineState = 'connecting' | 'connected' | 'lost' | 'elsewhere' | 'callbacks'

/** A line to a platform, as whoever keeps it up sees it; `error` is what ended it, or kept it from being opened, last. */
export type Line = { state: LineState; since: Date | null; error: { at: Date; words: string } | null }

/** Keeps note of how a line is. */
export function noted(state: LineState) {
  const line: Line = { state, since: null, error: null }
  return {
    line: (): Readonly<Line> => line,
    is: (state: LineState, error?: string): void => {
      const at = new Date()
      if (state !== line.state) Object.assign(line, { state, since: at })
      if (error !== undefined) line.error = { at, words: error }
    },
  }
}
export type NotedLine = ReturnType<typeof noted>
