/** Who works for a hosted service, the cases for which they may look at somebody, and who looked. */
export const number = 30
export const name = 'staff'
/** A program that does not know these tables could not erase somebody from them. */
export const breaking = true

export function facts({ int, end }: { readonly int: string; readonly end: string }): readonly string[] {
  const table = (id: string, ...lines: string[]) => `CREATE TABLE ${id} (\n  ${lines.join(',\n  ')}\n)${end}`
  return [
    table(
      'staff',
      'subject text PRIMARY KEY NOT NULL',
      'role text NOT NULL',
      'name text NOT NULL',
      'enrol_hash text',
      `enrol_until ${int}`,
      'password text',
      'secret text NOT NULL',
      `last_step ${int}`,
      `added_at ${int} NOT NULL`,
      `ended_at ${int}`,
    ),
    table(
      'support_case',
      'subject text NOT NULL',
      'id text NOT NULL',
      `opened_at ${int} NOT NULL`,
      `until ${int} NOT NULL`,
      'PRIMARY KEY (subject, id)',
    ),
    'CREATE INDEX support_case_id ON support_case (id)',
    table(
      'access_log',
      'subject text NOT NULL',
      'id text NOT NULL',
      `at ${int} NOT NULL`,
      'staff text NOT NULL',
      'role text NOT NULL',
      'outcome text NOT NULL',
      'opening text NOT NULL',
      'case_kind text NOT NULL',
      'case_id text NOT NULL',
      'purpose text NOT NULL',
      'categories text NOT NULL',
      `ends_at ${int}`,
      'refusal text',
      'reason text',
      'PRIMARY KEY (subject, at, id)',
    ),
    'CREATE INDEX access_log_id ON access_log (id)',
  ]
}
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
