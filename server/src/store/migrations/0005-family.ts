/** Members with names, limits, hours and guardians; invitations; homes offered to another member. */
export const number = 5
export const name = 'family'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export function facts({ int, end }: Words): readonly string[] {
  const table = (id: string, ...lines: string[]) => `CREATE TABLE ${id} (\n  ${lines.join(',\n  ')}\n)${end}`
  return [
    'ALTER TABLE member ADD COLUMN name text',
    'ALTER TABLE member ADD COLUMN limits text',
    `ALTER TABLE member ADD COLUMN starts_at ${int}`,
    `ALTER TABLE member ADD COLUMN ends_at ${int}`,
    'ALTER TABLE member ADD COLUMN guardian text',
    'ALTER TABLE member ADD COLUMN shares text',
    table(
      'invitation',
      'home_id text NOT NULL',
      'id text NOT NULL',
      'code_hash text NOT NULL UNIQUE',
      'role text NOT NULL',
      'name text',
      'limits text',
      `starts_at ${int}`,
      `ends_at ${int}`,
      'guardian text',
      'invited_by text NOT NULL',
      `created_at ${int} NOT NULL`,
      `expires_at ${int} NOT NULL`,
      'PRIMARY KEY (home_id, id)',
    ),
    table(
      'transfer',
      'home_id text NOT NULL',
      'id text NOT NULL',
      'from_subject text NOT NULL',
      'to_subject text NOT NULL',
      `created_at ${int} NOT NULL`,
      `expires_at ${int} NOT NULL`,
      'PRIMARY KEY (home_id, id)',
    ),
  ]
}
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
