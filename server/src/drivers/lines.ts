/** Cuts a byte stream into lines; a line is decoded once, when it is whole. */
export interface LineReader {
  readonly feed: (chunk: Buffer) => void
}

const newline = 0x0a

/** `onOverflow` is called once when a line passes `maxBytes`; nothing is read after it. */
export function createLineReader(
  maxBytes: number,
  onLine: (line: string) => void,
  onOverflow: () => void,
): LineReader {
  let held: Buffer[] = []
  let heldBytes = 0
  let isOver = false

  const take = (piece: Buffer): string => {
    if (heldBytes === 0) return piece.toString('utf8')
    held.push(piece)
    const line = Buffer.concat(held).toString('utf8')
    held = []
    heldBytes = 0
    return line
  }
  const hold = (piece: Buffer): void => {
    if (piece.length === 0) return
    held.push(piece)
    heldBytes += piece.length
  }
  const overflow = (): void => {
    isOver = true
    held = []
    heldBytes = 0
    onOverflow()
  }
  return {
    feed(chunk) {
      // Nearly always a chunk is one whole line.
      const whole = chunk.length - 1
      if (!isOver && held.length === 0 && whole >= 0 && whole <= maxBytes && chunk.indexOf(newline) === whole)
        return onLine(chunk.toString('utf8', 0, whole))
      let start = 0
      while (!isOver) {
        const end = chunk.indexOf(newline, start)
        const piece = chunk.subarray(start, end < 0 ? chunk.length : end)
        if (heldBytes + piece.length > maxBytes) return overflow()
        if (end < 0) return hold(piece)
        onLine(take(piece))
        start = end + 1
      }
    },
  }
}

/** What a line between core and driver process may hold at most. */
export const maxLineBytes = 64 * 1024 * 1024

/** Lines that are not batches: the core asks whether the process still runs, and it answers. */
export const ping = '"ping"'
export const pong = '"pong"'
