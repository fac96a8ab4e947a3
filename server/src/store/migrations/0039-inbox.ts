/** What people were told, and how they want to be told. */
export const number = 39
export const name = 'inbox'
export const breaking = false

export function facts({ int, end }: { readonly int: string; readonly end: string }): readonly string[] {
  const table = (id: string, ...lines: string[]) => `CREATE TABLE ${id} (\n  ${lines.join(',\n  ')}\n)${end}`
  return [
    table(
      'inbox',
      'subject text NOT NULL',
      'id text NOT NULL',
      `at ${int} NOT NULL`,
      'kind text NOT NULL',
      'home text',
      'device text',
      'automation text',
      `times ${int} NOT NULL`,
      `seen_at ${int}`,
      `over_at ${int}`,
      'words text',
      'PRIMARY KEY (subject, id)',
    ),
    'CREATE INDEX inbox_newest ON inbox (subject, at)',
    'CREATE INDEX inbox_at ON inbox (at)',
    'CREATE INDEX inbox_open ON inbox (kind, home) WHERE over_at IS NULL',
    table('notice_rules', 'subject text NOT NULL PRIMARY KEY', 'rules text NOT NULL'),
  ]
}
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
