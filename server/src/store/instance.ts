import type { Db } from './handle.ts'
import type { Facts } from './schema.ts'

const access = {
  scope: { instance: true },
  actor: { kind: 'system', part: 'start' },
  purpose: 'service.core',
} as const

/** One fact about this server, such as its operating role or the broker's port. */
export async function instanceValue(facts: Db<Facts>, key: string): Promise<string | undefined> {
  const row = await facts
    .as(access)
    .selectFrom('instance')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.value
}

export async function keepInstanceValue(facts: Db<Facts>, key: string, value: string): Promise<void> {
  await facts
    .as(access)
    .insertInto('instance')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
