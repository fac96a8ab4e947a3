// One row in every table of a home, each personal value of it a canary.
import {
  newId,
  type CommandId,
  type ConnectionId,
  type CredentialId,
  type DeviceId,
  type FloorId,
  type HomeId,
  type CalendarId,
  type HookId,
  type RoomId,
  type SceneId,
  type SubjectId,
} from '@eaves/model'
import type { Jobs } from '../jobs.ts'
import type { TestStores } from '../testing.ts'
import {
  writeAutomation,
  writeCorrection,
  writeHold,
  writeMeter,
  writePrices,
  writeMode,
  writeSceneVersion,
} from './residue-acting.ts'
import { writeAlarm } from './residue-alarm.ts'
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
    .insertInto('notice_question')
    .values({
      home_id: home,
      id: newId(),
      asked_at: 1,
      waits: 0,
      ends_at: null,
      answer: 0,
      answered_at: 1,
      answered_by: subject,
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
  const hook = newId<HookId>()
  await db
    .insertInto('automation_hook')
    .values({
      home_id: home,
      id: hook,
      name: await db.seal('automation_hook', 'name', hook, canary('hook')),
      secret_hash: newId(),
      made_at: 1,
    })
    .execute()
  const calendar = newId<CalendarId>()
  await db
    .insertInto('home_calendar')
    .values({
      home_id: home,
      id: calendar,
      name: await db.seal('home_calendar', 'name', calendar, canary('calendar')),
      content: await db.seal('home_calendar', 'content', calendar, canary('calendar-event')),
      brought_at: 1,
    })
    .execute()
  await db
    .insertInto('calendar_source')
    .values({
      home_id: home,
      id: calendar,
      address: await db.seal('calendar_source', 'address', calendar, canary('calendar-address')),
      marks: await db.seal('calendar_source', 'marks', calendar, {
        etag: canary('calendar-etag'),
        lastModified: canary('calendar-modified'),
      }),
      named_by: subject,
      fetched_at: 1,
      failing_since: null,
      failure: null,
      told_at: null,
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
  await writeSceneVersion(db, home, device, subject)
  await writeMeter(db, home, device)
  await writeCorrection(db, home, subject)
  await writePrices(db, home, subject)
  await writeMode(db, home, subject)
  await writeAlarm(db, home, subject)
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
