/** Requests of people about their data, copies that wait for them, erasures, and indexes by whom rows name. */
export const number = 20
export const name = 'rights'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => {
  const table = (id: string, ...lines: string[]) => `CREATE TABLE ${id} (\n  ${lines.join(',\n  ')}\n)${end}`
  return [
    table(
      'request',
      'subject text NOT NULL',
      'id text NOT NULL',
      'kind text NOT NULL',
      'state text NOT NULL',
      'ground text',
      'purpose text',
      'regime text NOT NULL',
      `received_at ${int} NOT NULL`,
      `due_at ${int} NOT NULL`,
      `run_at ${int} NOT NULL`,
      `paused_at ${int}`,
      `extended_at ${int}`,
      `answered_at ${int}`,
      `ended_at ${int}`,
      `mark ${int} NOT NULL`,
      'link_hash text',
      `link_until ${int}`,
      'PRIMARY KEY (subject, id)',
    ),
    'CREATE INDEX request_open ON request (run_at) WHERE ended_at IS NULL',
    table(
      'request_step',
      'subject text NOT NULL',
      'id text NOT NULL',
      'request text NOT NULL',
      'place text NOT NULL',
      'result text NOT NULL',
      'reason text',
      `until ${int}`,
      `at ${int} NOT NULL`,
      'PRIMARY KEY (subject, id)',
    ),
    table(
      'request_package',
      'subject text NOT NULL',
      'id text NOT NULL',
      'request text NOT NULL',
      `part ${int} NOT NULL`,
      'bytes text NOT NULL',
      `expires_at ${int} NOT NULL`,
      'PRIMARY KEY (subject, id)',
    ),
    table(
      'erasure',
      'id text PRIMARY KEY NOT NULL',
      'of_subject text NOT NULL UNIQUE',
      'progress text NOT NULL',
      `started_at ${int} NOT NULL`,
      `key_gone_at ${int}`,
      `finished_at ${int}`,
      'certificate text',
    ),
    table(
      'tombstone',
      'subject_or_home text PRIMARY KEY NOT NULL',
      `epoch ${int} NOT NULL`,
      `at ${int} NOT NULL`,
    ),
    table(
      'breach_case',
      'id text PRIMARY KEY NOT NULL',
      'ground text NOT NULL',
      'region text NOT NULL',
      `opened_at ${int} NOT NULL`,
    ),
    'CREATE INDEX command_actor ON command (actor_subject, accepted_at) WHERE actor_subject IS NOT NULL',
    'CREATE INDEX credential_maker ON credential (made_by) WHERE made_by IS NOT NULL',
    'CREATE INDEX invitation_maker ON invitation (invited_by, expires_at)',
    'CREATE INDEX invitation_guardian ON invitation (guardian) WHERE guardian IS NOT NULL',
    'CREATE INDEX member_guardian ON member (guardian) WHERE guardian IS NOT NULL',
    'CREATE INDEX member_pin_subject ON member_pin (subject)',
    'CREATE INDEX panel_member ON panel (id)',
    'CREATE INDEX panel_maker ON panel (added_by)',
    'CREATE INDEX panel_code_maker ON panel (code_by) WHERE code_by IS NOT NULL',
    'CREATE INDEX transfer_giver ON transfer (from_subject)',
    'CREATE INDEX transfer_taker ON transfer (to_subject)',
    'CREATE INDEX job_home ON job (home_id) WHERE home_id IS NOT NULL',
  ]
}
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
