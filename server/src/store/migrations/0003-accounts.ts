/** Passkeys, authenticator apps, changed addresses with their way back, and secrets of sign-ins that were replaced. */
export const number = 3
export const name = 'accounts'
export const breaking = false

interface Words {
  readonly int: string
  readonly end: string
}

export function facts({ int, end }: Words): readonly string[] {
  const table = (id: string, ...lines: string[]) => `CREATE TABLE ${id} (\n  ${lines.join(',\n  ')}\n)${end}`
  return [
    `ALTER TABLE account ADD COLUMN phone_changed_at ${int}`,
    `ALTER TABLE account ADD COLUMN password_set_at ${int}`,
    'ALTER TABLE account ADD COLUMN passkey_handle text',
    `ALTER TABLE session ADD COLUMN secret_at ${int}`,
    table(
      'replaced_secret',
      'subject text NOT NULL',
      'id text NOT NULL',
      'session_id text NOT NULL',
      'hash text NOT NULL UNIQUE',
      `until ${int}`,
      `expires_at ${int} NOT NULL`,
      'PRIMARY KEY (subject, id)',
    ),
    'CREATE INDEX replaced_secret_session ON replaced_secret (subject, session_id)',
    table(
      'passkey',
      'subject text NOT NULL',
      'id text NOT NULL',
      'credential_id text NOT NULL UNIQUE',
      'public_key text NOT NULL',
      `counter ${int} NOT NULL`,
      'transports text NOT NULL',
      'kind text NOT NULL',
      `backed_up ${int} NOT NULL`,
      'host text NOT NULL',
      'name text NOT NULL',
      `created_at ${int} NOT NULL`,
      `last_used_at ${int}`,
      'PRIMARY KEY (subject, id)',
    ),
    table(
      'totp',
      'subject text PRIMARY KEY NOT NULL',
      'secret text NOT NULL',
      `created_at ${int} NOT NULL`,
      `confirmed_at ${int}`,
      `last_step ${int}`,
    ),
    table(
      'address_undo',
      'subject text NOT NULL',
      'id text NOT NULL',
      'hash text NOT NULL UNIQUE',
      'address text NOT NULL',
      `changed_at ${int} NOT NULL`,
      `expires_at ${int} NOT NULL`,
      'PRIMARY KEY (subject, id)',
    ),
  ]
}
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
