// A meter, and a correction of what it counted, in each home of the world in which rights are tried.
import assert from 'node:assert/strict'
import type { InHouse } from './in-house.ts'

let plugs = 0
/** What a correction speaks of. */
export const anHour = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' }
/** A plug that tells what it draws comes into a home and is named as its meter. */
export async function meterIn(
  { call, driver }: Pick<InHouse, 'call' | 'driver'>,
  home: string,
  connection: string,
  cookie: string,
): Promise<{ readonly meter: string; readonly correction: string }> {
  const handle = 7_000 + plugs++
  driver.say({
    t: 'device',
    connection: connection,
    handle,
    shape: {
      nativeId: 'plug',
      name: 'Plug',
      kind: 'plug',
      confirmable: true,
      parts: [{ id: 'main', capabilities: { power: { attributes: ['watts'], commands: [] } }, vendor: {} }],
    },
    base: handle * 10,
    slots: [['main', 'power', 'watts']],
    online: true,
  })
  const { json: devices } = await call({ method: 'GET', path: `/api/homes/${home}/devices`, cookie })
  const plug = (devices as { id: string; name: string }[]).find(({ name }) => name === 'Plug')!
  const { json, status, text } = await call({
    method: 'POST',
    path: `/api/homes/${home}/energy/meters`,
    cookie,
    body: {
      name: 'Mains',
      kind: 'grid-import',
      source: { device: plug.id, capability: 'power', attribute: 'watts' },
    },
  })
  assert.equal(status, 201, text)
  const corrected = await call({
    method: 'POST',
    path: `/api/homes/${home}/energy/meters/${json.id}/corrections`,
    cookie,
    body: { ...anHour, amount: 1, why: 'Wrong' },
  })
  assert.equal(corrected.status, 201, corrected.text)
  return { meter: json.id as string, correction: corrected.json.id as string }
}
