/** A table as RFC 4180 has it, page by page; a cell that a spreadsheet would run is kept as text. */
export async function* csvOf(
  columns: readonly string[],
  pages: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield lineOf(columns)
  for await (const rows of pages) yield rows.map(lineOf).join('')
}
type Row = readonly unknown[]
const lineOf = (row: Row) => `${row.map(cell).join(',')}\r\n`
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
