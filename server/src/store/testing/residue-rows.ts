// One row in every table, each personal value of it a canary.
import {
  newId,
  type CommandId,
  type ConnectionId,
  type CredentialId,
  type DeviceId,
  type FloorId,
  type HomeId,
  type RoomId,
  type SubjectId,
} from '@eaves/model'
import type { TestStores } from '../testing.ts'

const canary = (word: string) => `canary-${word}-7f3a`
export const email = `${canary('ada')}@example.org`
export const phone = '+4915112345678'
export const address = '203.0.113.0'
const system = { kind: 'system', part: 'start' } as const

export async function writePerson({ facts, vault }: TestStores['stores'], subject: SubjectId): Promise<void> {
  await vault.createKey({ subject })
  await vault.blind.put('email', email, subject)
  await vault.blind.put('phone', phone, subject)
  await vault.counters.hit(`${email}|${address}`, 60_000, 5)
  const scope = { person: subject }
  const core = facts.as({ scope, actor: system, purpose: 'service.core' })
  const id = newId()
  await core
    .insertInto('account')
    .values({
      subject,
      tenant: 'main',
      email: await core.seal('account', 'email', subject, email),
      phone: await core.seal('account', 'phone', subject, phone),
      email_verified_at: 1,
      phone_verified_at: null,
      password: await core.seal('account', 'password', subject, canary('password')),
      locale: 'en',
      theme: 'system',
      region: 'EU',
      created_at: 1,
      closed_at: null,
      phone_changed_at: null,
      password_set_at: 1,
      passkey_handle: newId(),
    })
    .execute()
  await core
    .insertInto('session')
    .values({
      subject,
      id,
      hash: newId(),
      kind: 'browser',
      created_at: 1,
      last_seen_at: 1,
      proved_at: 1,
      expires_at: 2,
      label: await facts
        .as({ scope, actor: system, purpose: 'account.device-label' })
        .seal('session', 'label', id, canary('phone model')),
      address: await facts
        .as({ scope, actor: system, purpose: 'security' })
        .seal('session', 'address', id, address),
      secret_at: 1,
    })
    .execute()
  await core
    .insertInto('replaced_secret')
    .values({ subject, id, session_id: id, hash: newId(), until: null, expires_at: 2 })
    .execute()
  await core
    .insertInto('passkey')
    .values({
      subject,
      id,
      credential_id: newId(),
      public_key: newId(),
      counter: 0,
      transports: 'internal',
      kind: 'multiDevice',
      backed_up: 1,
      host: 'localhost',
      name: await core.seal('passkey', 'name', id, canary('passkey name')),
      created_at: 1,
      last_used_at: null,
    })
    .execute()
  await core
    .insertInto('totp')
    .values({
      subject,
      secret: await core.seal('totp', 'secret', subject, canary('totp secret')),
      created_at: 1,
      confirmed_at: null,
      last_step: null,
    })
    .execute()
  await core
    .insertInto('address_undo')
    .values({
      subject,
      id,
      hash: newId(),
      address: await core.seal('address_undo', 'address', id, { email, phone }),
      changed_at: 1,
      expires_at: 2,
    })
    .execute()
  const target = {
    endpoint: `https://push.example.org/${canary('endpoint')}`,
    p256dh: canary('key'),
    auth: 'x',
  }
  await core
    .insertInto('push_subscription')
    .values({
      subject,
      id,
      session: id,
      hash: newId(),
      target: await core.seal('push_subscription', 'target', id, target),
      locale: 'en',
      created_at: 1,
      sent_at: null,
    })
    .execute()
  await vault.ownKey('push', () => Buffer.from(canary('own key')))
  await core.insertInto('recovery_code').values({ subject, id, hash: newId(), used_at: null }).execute()
  await core
    .insertInto('token')
    .values({
      subject,
      id,
      hash: newId(),
      name: await core.seal('token', 'name', id, canary('token name')),
      homes: null,
      verbs: null,
      created_at: 1,
      expires_at: 2,
      last_used_at: null,
      surface: 'app',
    })
    .execute()
  const acts = {
    acts: {
      agreement: { act: 'accept', sha256: 'a'.repeat(64) },
      privacy: { act: 'acknowledge', sha256: 'b'.repeat(64) },
      locale: 'en',
      region: 'EU',
    },
  } as const
  await core
    .insertInto('sign_in_flow')
    .values({
      subject,
      id,
      code_hash: newId(),
      tries: 0,
      identifier: await core.seal('sign_in_flow', 'identifier', id, { email, phone }),
      known: 1,
      acts: await core.seal('sign_in_flow', 'acts', id, acts),
      created_at: 1,
      expires_at: 2,
    })
    .execute()
  await core
    .insertInto('agreement')
    .values({
      subject,
      id,
      document: 'agreement',
      version: '2.0',
      sha256: 'a',
      locale: 'en',
      region: 'EU',
      act: 'accept',
      at: 1,
      surface: 'app',
    })
    .execute()
  await core
    .insertInto('consent_event')
    .values({
      subject,
      id,
      purpose: 'account.device-label',
      event: 'given',
      region: 'EU',
      notice_sha256: 'a',
      locale: 'en',
      at: 1,
      surface: 'app',
      basis: 'consent',
    })
    .execute()
  const security = facts.as({ scope, actor: system, purpose: 'security' })
  await security
    .insertInto('activity_log')
    .values({
      subject,
      id,
      at: 1,
      kind: 'sign-in',
      surface: 'app',
      home: null,
      device: id,
      locale: 'en',
      address: await security.seal('activity_log', 'address', id, address),
      area: await security.seal('activity_log', 'area', id, address),
    })
    .execute()
  const searching = facts.as({ scope, actor: system, purpose: 'account.search-history' })
  await searching
    .insertInto('search_log')
    .values({
      subject,
      id,
      at: 1,
      text: await searching.seal('search_log', 'text', id, canary('search')),
    })
    .execute()
}

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
  await jobs.enqueue({ kind: 'later', runAt: 1, home, payload: canary('job') })
  const past = history.as(access)
  await past.append([
    { device, path: `main/vendor/${canary('attribute')}`, ts: 1, value: canary('report') },
    { device, path: 'main/level/percent', ts: 1, value: 70 },
  ])
  await past.saveLive([
    {
      device,
      at: 1,
      values: { online: true, parts: { main: { capabilities: {}, vendor: { note: canary('live') } } } },
    },
  ])
}
