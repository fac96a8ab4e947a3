// Catches a yes to something that is shared no more, waiting in a row until something of that name comes back.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { facts } from './migrations/0011-shares.ts'

test('of what somebody shares only the addresses stay, and nothing where there were none', () => {
  const file = new DatabaseSync(':memory:')
  file.exec('CREATE TABLE member (shares text)')
  const insert = file.prepare('INSERT INTO member (shares) VALUES (?)')
  for (const shares of [null, '["contact"]', '["presence","contact"]', '["activity","presence"]'])
    insert.run(shares)
  for (const statement of facts()) file.exec(statement)
  assert.deepEqual(
    file
      .prepare('SELECT shares FROM member')
      .all()
      .map(({ shares }) => shares),
    [null, '["contact"]', '["contact"]', null],
  )
  file.close()
})
