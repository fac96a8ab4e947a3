// One row in every table of a home, each personal value of it a canary.
import {
  newId,
  type CommandId,
  type AutomationId,
  type ConnectionId,
  type CredentialId,
  type DeviceId,
  type FloorId,
  type HomeId,
  type MeterId,
  type RoomId,
  type SceneId,
  type RunId,
  type SubjectId,
} from '@eaves/model'
import type { Facts } from '../schema.ts'
import type { HomeHandle } from '../handle.ts'
import type { Jobs } from '../jobs.ts'
import type { TestStores } from '../testing.ts'
import { canary, system } from './residue-words.ts'

export async function writeHome(
  { facts, vault, history, jobs }: TestStores['stores'],
  home: HomeId,
  subject: SubjectId,
): Promise<void> {
  await vault.createKey({ home })
  const access = { scope: { home }, actor: system, purpose: 'service.core' } as const
  const db = facts.as(access)
  await db
    .insertInto('home')
    .values({
      home_id: home,
      tenant: 'main',
      n: 1,
      name: await db.seal('home', 'name', home, canary('home')),
      zone: 'UTC',
      created_at: 1,
    })
    .execute()
  const about = facts.as({ ...access, purpose: 'home.about' })
  await about
    .insertInto('home_about')
    .values({
      home_id: home,
      floor_area: await about.seal('home_about', 'floor_area', home, canary('area')),
      family_status: await about.seal('home_about', 'family_status', home, 'generations'),
      address: await about.seal('home_about', 'address', home, canary('address')),
    })
    .execute()
  const limits = { reach: 'listed', rules: [], hours: [{ days: [2], from: '09:00', to: '12:00' }] } as const
  await db
    .insertInto('member')
    .values({
      home_id: home,
      subject,
      role: 'owner',
      since: 1,
      name: await db.seal('member', 'name', subject, canary('member')),
      limits: await db.seal('member', 'limits', subject, limits),
      starts_at: null,
      ends_at: null,
      guardian: null,
      shares: null,
    })
    .execute()
  await db
    .insertInto('member_pin')
    .values({
      home_id: home,
      subject,
      pin: await db.seal('member_pin', 'pin', subject, canary('pin')),
      tries: 0,
      locked_until: null,
    })
    .execute()
  await db
    .insertInto('panel')
    .values({
      home_id: home,
      id: newId<SubjectId>(),
      code_hash: newId(),
      code_expires_at: 1,
      secret_hash: newId(),
      added_by: subject,
      created_at: 1,
      paired_at: null,
    })
    .execute()
  const invitation = newId()
  await db
    .insertInto('invitation')
    .values({
      home_id: home,
      id: invitation,
      code_hash: newId(),
      role: 'guest',
      name: await db.seal('invitation', 'name', invitation, canary('invited')),
      limits: await db.seal('invitation', 'limits', invitation, limits),
      starts_at: null,
      ends_at: null,
      guardian: null,
      invited_by: subject,
      created_at: 1,
      expires_at: 2,
    })
    .execute()
  await db
    .insertInto('transfer')
    .values({
      home_id: home,
      id: newId(),
      from_subject: subject,
      to_subject: newId<SubjectId>(),
      created_at: 1,
      expires_at: 2,
      keep: 0,
    })
    .execute()
  const [floor, room, device, connection, credential, command] = [
    newId<FloorId>(),
    newId<RoomId>(),
    newId<DeviceId>(),
    newId<ConnectionId>(),
    newId<CredentialId>(),
    newId<CommandId>(),
  ]
  await db
    .insertInto('floor')
    .values({
      home_id: home,
      id: floor,
      name: await db.seal('floor', 'name', floor, canary('floor')),
      position: 0,
    })
    .execute()
  await db
    .insertInto('room')
    .values({
      home_id: home,
      id: room,
      name: await db.seal('room', 'name', room, canary('room')),
      floor_id: floor,
      position: 0,
    })
    .execute()
  const shape = {
    nativeId: canary('hardware'),
    name: canary('device'),
    kind: 'light',
    model: canary('model'),
    confirmable: true,
    parts: [],
  } as const
  await db
    .insertInto('device')
    .values({
      home_id: home,
      id: device,
      driver: 'mqtt',
      connection_id: connection,
      room_id: room,
      is_new: 1,
      added_at: 1,
      kind: 'light',
      details: await db.seal('device', 'details', device, { shape, name: canary('nickname') }),
    })
    .execute()
  await db
    .insertInto('connection')
    .values({
      home_id: home,
      id: connection,
      driver: 'mqtt',
      source: 'person',
      config: await db.seal('connection', 'config', connection, {
        url: `mqtt://${canary('broker')}`,
        password: canary('secret'),
      }),
      created_at: 1,
    })
    .execute()
  await db
    .insertInto('credential')
    .values({
      home_id: home,
      id: credential,
      name: await db.seal('credential', 'name', credential, canary('credential')),
      scope: await db.seal('credential', 'scope', credential, { kind: 'device', topic: canary('topic') }),
      username: newId(),
      hash: newId(),
      created_at: 1,
    })
    .execute()
  await db
    .insertInto('command')
    .values({
      home_id: home,
      id: command,
      device_id: device,
      status: 'sent',
      confirmable: 1,
      accepted_at: 1,
      sent_at: 1,
      ended_at: null,
      reason: null,
      actor_subject: subject,
      key_hash: null,
      body_hash: null,
      payload: await db.seal('command', 'payload', command, {
        part: 'main',
        capability: 'vendor',
        command: 'set',
        args: { text: canary('argument') },
      }),
    })
    .execute()
  const scene = newId<SceneId>()
  await db
    .insertInto('scene')
    .values({
      home_id: home,
      id: scene,
      position: 0,
      version: 1,
      name: await db.seal('scene', 'name', scene, canary('scene')),
      content: await db.seal('scene', 'content', scene, {
        icon: 'moon',
        room,
        transitionSeconds: null,
        settings: [
          { device, part: canary('part'), capability: 'fan', values: { mode: canary('scene-value') } },
        ],
      }),
    })
    .execute()
  await writeMeter(db, home, device)
  await writeHold(db, home, device, subject)
  await writeAutomation(db, home, subject)
  const anyJobs = jobs as unknown as Jobs<string>
  await anyJobs.enqueue({ kind: 'later', runAt: 1, home, payload: canary('job') })
  const past = history.as(access)
  await past.append([
    { device, path: `main/vendor/${canary('attribute')}`, ts: 1, value: canary('report') },
    { device, path: 'main/level/percent', ts: 1, value: 70 },
  ])
  const bucket = { ts: 0, n: 1, min: 70, max: 70, total: 70, seconds: 1, last: 70 }
  await past.roll({ device, path: 'main/level/percent' }, 3_600_000, async () => ({
    hours: [bucket],
    days: [bucket],
    states: [{ ts: 0, states: { [canary('report')]: 1 } }],
    keepBefore: 0,
  }))
  await past.saveLive([
    {
      device,
      at: 1,
      values: { online: true, parts: { main: { capabilities: {}, vendor: { note: canary('live') } } } },
    },
  ])
}

async function writeHold(
  db: HomeHandle<Facts>,
  home: HomeId,
  device: DeviceId,
  by: SubjectId,
): Promise<void> {
  await db
    .insertInto('device_hold')
    .values({
      home_id: home,
      id: newId(),
      device_id: device,
      part: null,
      capability: 'onOff',
      ends: 'said',
      until: null,
      since: 0,
      by_subject: by,
    })
    .execute()
}

async function writeMeter(db: HomeHandle<Facts>, home: HomeId, device: DeviceId): Promise<void> {
  const meter = newId<MeterId>()
  await db
    .insertInto('energy_meter')
    .values({
      home_id: home,
      id: meter,
      position: 0,
      version: 1,
      name: await db.seal('energy_meter', 'name', meter, canary('meter')),
      content: await db.seal('energy_meter', 'content', meter, {
        kind: 'grid-import',
        source: { device, part: canary('meter-part'), capability: 'energy', attribute: 'kilowattHours' },
        swaps: [{ at: '2026-01-01T00:00:00.000Z', ended: 1, began: 0 }],
        tariffs: [
          { from: '2026-01-01', currency: canary('currency'), price: 1, standingPerDay: 0, windows: [] },
        ],
      }),
    })
    .execute()
}

async function writeAutomation(db: HomeHandle<Facts>, home: HomeId, author: SubjectId): Promise<void> {
  const [automation, version, run] = [newId<AutomationId>(), newId(), newId<RunId>()]
  const body = {
    name: canary('automation'),
    description: canary('description'),
    triggers: [{ kind: 'time' as const, at: '07:00' }],
    conditions: [{ kind: 'expression' as const, cel: canary('expression') }],
    actions: [{ kind: 'notify' as const, to: 'author' as const, text: canary('notice') }],
    labels: [canary('label')],
  }
  await db
    .insertInto('automation')
    .values({
      home_id: home,
      id: automation,
      body: await db.seal('automation', 'body', automation, body),
      enabled: 1,
      author,
      version: 1,
      created_at: 1,
      changed_at: 1,
      stopped: null,
    })
    .execute()
  await db
    .insertInto('automation_version')
    .values({
      home_id: home,
      id: version,
      automation_id: automation,
      version: 1,
      body: await db.seal('automation_version', 'body', version, body),
      author,
      saved_at: 1,
    })
    .execute()
  await db
    .insertInto('automation_run')
    .values({
      home_id: home,
      id: run,
      automation_id: automation,
      at: 1,
      ended_at: 2,
      result: 'done',
      trace: await db.seal('automation_run', 'trace', run, {
        version: 1,
        steps: [{ at: 'triggers/0', afterMs: 0, outcome: 'yes', seen: canary('seen') }],
      }),
    })
    .execute()
}
