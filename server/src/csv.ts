import { Pace } from './pace.ts'

const rowsAtOnce = 250

/** A table as RFC 4180 has it, page by page; a cell that a spreadsheet would run is kept as text. */
export async function* csvOf(
  columns: readonly string[],
  pages: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield lineOf(columns)
  const pace = new Pace()
  for await (const rows of pages)
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      yield rows
        .slice(from, from + rowsAtOnce)
        .map(lineOf)
        .join('')
      await pace.keep()
    }
}
type Row = readonly unknown[]
const lineOf = (row: Row) => `${row.map(cell).join(',')}\r\n`
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
