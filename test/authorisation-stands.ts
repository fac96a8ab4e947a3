import assert from 'node:assert/strict'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { meterIn } from './authorisation-meter.ts'
import type { InHouse } from './in-house.ts'

export const early = { triggers: [{ kind: 'time', at: '07:00' }], actions: [{ kind: 'stop' }] }

/** What stands in this home, made by its owner: one of each thing that a path can name. */
export async function standsIn(
  { house, signIn, call, driver }: InHouse,
  home: HomeId,
  owner: SubjectId,
): Promise<Record<string, string>> {
  const { cookie, session } = await signIn(owner)
  const made = async (path: string, body: unknown) => {
    const answer = await call({ method: 'POST', path: `/api/homes/${home}${path}`, cookie, body })
    assert.ok(answer.status < 300, answer.text)
    return answer.json.id as string
  }
  const { json: devices } = await call({ method: 'GET', path: `/api/homes/${home}/devices`, cookie })
  const lamp = (devices as { id: string; name: string }[]).find((each) => each.name.startsWith('Lamp'))!
  const { json: onboardings } = await call({ method: 'GET', path: `/api/homes/${home}/onboarding`, cookie })
  const { connection } = onboardings[0] as { connection: string }
  driver.say({
    t: 'bridge',
    connection,
    bridge: { id: '0x1', name: 'Coordinator', online: true, acts: ['permitJoin', 'createGroup'] },
  })
  const { json: bridges } = await call({ method: 'GET', path: `/api/homes/${home}/bridges`, cookie })
  const joining = made('/joins', { bridge: bridges[0].id, seconds: 60 })
  const asked = () => driver.of('act').find((each) => each.connection === connection)
  while (asked() === undefined) await new Promise((resolve) => setImmediate(resolve))
  driver.say({ t: 'acted', act: asked()!.act })
  const [document] = house.privacy.documents('en')
  const scene = await made('/scenes', {
    name: 'Scene',
    settings: [{ device: lamp.id, part: 'main', capability: 'onOff', values: { on: true } }],
  })
  const run = await made(`/scenes/${scene}/run`, {})
  for (const { command: sent } of driver.of('command'))
    driver.say({ t: 'refused', command: sent, code: 'device.rejected' })
  const command = await made(`/devices/${lamp.id}/commands`, { capability: 'onOff', command: 'turnOn' })
  driver.say({ t: 'refused', command, code: 'device.rejected' }) // nothing is left to time out later
  return {
    home,
    request: newId(),
    erasure: newId(),
    code: newId(),
    secret: newId(),
    calendar: await made('/calendars', { name: 'Calendar', ics: 'BEGIN:VCALENDAR\nEND:VCALENDAR' }),
    hook: await made('/hooks', { name: 'Hook' }),
    device: lamp.id,
    command,
    signIn: session,
    address: 'email',
    purpose: 'account.device-label',
    recipient: 'acme',
    document: document!.document,
    version: document!.version,
    locale: 'en',
    floor: await made('/floors', { name: 'Floor' }),
    room: await made('/rooms', { name: 'Room' }),
    credential: await made('/mqtt/credentials', { name: 'Credential' }),
    onboarding: onboardings[0].id,
    connection,
    bridge: bridges[0].id,
    join: await joining,
    member: house.homes.relations.members(home).find((each) => each.role === 'child')?.subject ?? owner,
    invitation: await made('/invitations', { role: 'guest' }),
    group: await made('/groups', { name: 'Group', devices: [lamp.id] }),
    ...{ scene, run, ...(await meterIn({ call, driver }, home, connection, cookie)) },
    automation: await made('/automations', { name: 'Early', ...early }),
    mode: await made('/modes', { name: 'Guests' }),
    n: '1',
    panel: (await house.panels.add(home, owner, { name: 'Panel' })).id,
    token: (
      await house.people.tokens.create(owner, { name: 'kept', homes: 'all', verbs: 'all', days: 1 }, 'test')
    ).id,
  }
}
