import { Pace } from './pace.ts'

const rowsAtOnce = 500

/** An object with one long list in it as JSON, piece by piece: its text is never made at once. */
export async function* jsonOf(
  object: Readonly<Record<string, unknown>>,
  list: string,
): AsyncGenerator<Uint8Array> {
  const { [list]: found, ...rest } = object
  const rows = found as readonly unknown[]
  const pace = new Pace()
  const encoder = new TextEncoder()
  yield encoder.encode(`{${JSON.stringify(list)}:[`)
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const text = JSON.stringify(rows.slice(from, from + rowsAtOnce)).slice(1, -1)
    yield encoder.encode(from === 0 ? text : `,${text}`)
    await pace.keep()
  }
  const tail = JSON.stringify(rest).slice(1)
  yield encoder.encode(tail === '}' ? ']}' : `],${tail}`)
}
