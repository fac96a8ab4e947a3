/** What a person did with their account, and what they searched for if they chose to have it kept. */
export const number = 6
export const name = 'activity'
export const breaking = false

export function facts({ int, end }: { readonly int: string; readonly end: string }): readonly string[] {
  const table = (id: string, ...lines: string[]) => `CREATE TABLE ${id} (\n  ${lines.join(',\n  ')}\n)${end}`
  return [
    table(
      'activity_log',
      'subject text NOT NULL',
      'id text NOT NULL',
      `at ${int} NOT NULL`,
      'kind text NOT NULL',
      'surface text NOT NULL',
      'home text',
      'device text',
      'locale text',
      'address text',
      'area text',
      'PRIMARY KEY (subject, at, id)',
    ),
    'CREATE INDEX activity_log_whole ON activity_log (at) WHERE address IS NOT NULL',
    table(
      'search_log',
      'subject text NOT NULL',
      'id text NOT NULL',
      `at ${int} NOT NULL`,
      'text text NOT NULL',
      'PRIMARY KEY (subject, at, id)',
    ),
  ]
}
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
