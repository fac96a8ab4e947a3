/** What series did by the hour and by the day, and how far each has been condensed. */
export const number = 37
export const name = 'rollups'
export const breaking = false

interface Words {
  readonly int: string
  readonly real: string
  readonly clustered: string
}

export const facts = (): readonly string[] => []
export function history({ int, real, clustered }: Words): readonly string[] {
  const table = (id: string, ...lines: string[]) =>
    `CREATE TABLE ${id} (\n  ${[
      `home_id ${int} NOT NULL`,
      `series_id ${int} NOT NULL`,
      `ts ${int} NOT NULL`,
      ...lines,
      'PRIMARY KEY (home_id, series_id, ts)',
    ].join(',\n  ')}\n)${clustered}`
  const numbers = [
    `n ${int} NOT NULL`,
    ...['min', 'max', 'total', 'seconds', 'last'].map((column) => `${column} ${real} NOT NULL`),
  ]
  return [
    `ALTER TABLE series ADD COLUMN rolled_to ${int} NOT NULL DEFAULT 0`,
    table('sample_hour', ...numbers),
    table('sample_day', ...numbers),
    table('state_hour', 'value text NOT NULL'),
  ]
}
export const vault = (): readonly string[] => []
