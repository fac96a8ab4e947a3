// A meter in each home of the world in which rights are tried.
import assert from 'node:assert/strict'
import type { InHouse } from './in-house.ts'

let plugs = 0
/** A plug that tells what it draws comes into a home and is named as its meter. */
export async function meterIn(
  { call, driver }: Pick<InHouse, 'call' | 'driver'>,
  home: string,
  connection: string,
  cookie: string,
): Promise<string> {
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
  return json.id as string
}
