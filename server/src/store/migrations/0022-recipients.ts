/** Consents by recipient and category, what left to whom, and what waits to leave. */
export const number = 22
export const name = 'recipients'
export const breaking = true

export function facts({ int, end }: { readonly int: string; readonly end: string }): readonly string[] {
  const table = (id: string, ...lines: string[]) => `CREATE TABLE ${id} (\n  ${lines.join(',\n  ')}\n)${end}`
  return [
    `ALTER TABLE consent_event ADD COLUMN recipient text NOT NULL DEFAULT ''`,
    'ALTER TABLE consent_event ADD COLUMN categories text',
    table(
      'disclosure',
      'subject text NOT NULL',
      'id text NOT NULL',
      'release_id text NOT NULL',
      'kind text NOT NULL',
      'recipient text NOT NULL',
      'purpose text NOT NULL',
      'categories text NOT NULL',
      'fields text NOT NULL',
      'basis text NOT NULL',
      'agreement_sha256 text NOT NULL',
      `intent_at ${int} NOT NULL`,
      'PRIMARY KEY (subject, intent_at, id)',
    ),
    table(
      'disclosure_outcome',
      'subject text NOT NULL',
      'id text NOT NULL',
      'outcome text NOT NULL',
      'answer text',
      `outcome_at ${int} NOT NULL`,
      `bytes ${int} NOT NULL`,
      'digest text NOT NULL',
      'PRIMARY KEY (subject, id)',
    ),
    table(
      'release',
      'subject text NOT NULL',
      'id text NOT NULL',
      'kind text NOT NULL',
      'recipient text NOT NULL',
      'purpose text NOT NULL',
      'slot text NOT NULL',
      'basis text NOT NULL',
      `created_at ${int} NOT NULL`,
      `due_at ${int} NOT NULL`,
      `attempts ${int} NOT NULL`,
      `locked_until ${int}`,
      `done_at ${int}`,
      'PRIMARY KEY (subject, recipient, purpose, kind, slot)',
    ),
    'CREATE INDEX release_due ON release (due_at) WHERE done_at IS NULL',
    table(
      'recipient_version',
      'id text NOT NULL',
      'agreement_sha256 text NOT NULL',
      'name text NOT NULL',
      'kind text NOT NULL',
      'region text NOT NULL',
      'purposes text NOT NULL',
      'fields text NOT NULL',
      `seen_at ${int} NOT NULL`,
      'PRIMARY KEY (id, agreement_sha256, seen_at)',
    ),
  ]
}
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
