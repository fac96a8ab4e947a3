// Rows of what a home does by itself, each personal value of it a canary.
import {
  newId,
  type AutomationId,
  type CorrectionId,
  type DeviceId,
  type HomeId,
  type MeterId,
  type RunId,
  type SceneId,
  type SubjectId,
} from '@eaves/model'
import type { Place } from '../../presence/data.ts'
import type { Facts } from '../schema.ts'
import type { HomeHandle } from '../handle.ts'
import { canary } from './residue-words.ts'

export async function writeMode(db: HomeHandle<Facts>, home: HomeId, person: SubjectId): Promise<void> {
  const now = { mode: 'away', at: 1, person, automation_id: null }
  const place: Place = {
    is: 'away',
    since: 1,
    by: 'device',
    device: canary('carried'),
    at: canary('place'),
    atSince: 1,
    places: [canary('chosen-place')],
    shown: true,
  }
  await db
    .insertInto('presence')
    .values({
      home_id: home,
      subject: person,
      shared_at: 1,
      allowed_by: null,
      whereabouts: await db.seal('presence', 'whereabouts', person, place),
    })
    .execute()
  const places = await db.seal('home_place', 'places', home, {
    places: [{ id: newId(), name: canary('named-place') }],
  })
  await db.insertInto('home_place').values({ home_id: home, places }).execute()
  const own = await db.seal('home_mode', 'own', home, {
    modes: [{ id: newId(), name: canary('mode') }],
  })
  await db
    .insertInto('home_mode')
    .values({ home_id: home, ...now, own })
    .execute()
  await db
    .insertInto('mode_change')
    .values({ home_id: home, id: newId(), was: 'home', ...now })
    .execute()
}

export async function writeMeter(db: HomeHandle<Facts>, home: HomeId, device: DeviceId): Promise<void> {
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
          {
            from: '2026-01-01',
            currency: canary('currency'),
            price: 1,
            standingPerDay: 0,
            windows: [],
            tiers: [],
          },
        ],
      }),
    })
    .execute()
}

export async function writePrices(db: HomeHandle<Facts>, home: HomeId, subject: SubjectId): Promise<void> {
  const meter = newId<MeterId>()
  await db
    .insertInto('price_source')
    .values({
      home_id: home,
      id: meter,
      address: await db.seal('price_source', 'address', meter, canary('price-address')),
      marks: await db.seal('price_source', 'marks', meter, {
        etag: canary('price-etag'),
        lastModified: canary('price-modified'),
      }),
      named_by: subject,
      ...{ fetched_at: 1, failing_since: null, failure: null, told_at: null },
    })
    .execute()
  const id = newId()
  await db
    .insertInto('energy_price')
    .values({
      ...{ home_id: home, id, meter_id: meter, day: 0 },
      content: await db.seal('energy_price', 'content', id, {
        currency: canary('price-currency'),
        prices: [0.1, null],
      }),
    })
    .execute()
}

export async function writeCorrection(db: HomeHandle<Facts>, home: HomeId, author: SubjectId): Promise<void> {
  const id = newId<CorrectionId>()
  await db
    .insertInto('energy_correction')
    .values({
      ...{ home_id: home, id, meter_id: newId<MeterId>(), at: 1, author, takes_back: null },
      content: await db.seal('energy_correction', 'content', id, {
        from: '2026-01-01T00:00:00.000Z',
        to: '2026-01-01T01:00:00.000Z',
        amount: 1,
        counted: 2,
        why: canary('why-corrected'),
      }),
    })
    .execute()
}

export async function writeAutomation(db: HomeHandle<Facts>, home: HomeId, author: SubjectId): Promise<void> {
  const [automation, version, run] = [newId<AutomationId>(), newId(), newId<RunId>()]
  const body = {
    name: canary('automation'),
    description: canary('description'),
    triggers: [{ kind: 'time' as const, at: '07:00' }],
    conditions: [{ kind: 'expression' as const, cel: canary('expression') }],
    actions: [
      { kind: 'notify' as const, to: 'author' as const, text: canary('notice') },
      {
        kind: 'webhook' as const,
        url: `https://example.org/${canary('address-called')}`,
        body: { text: canary('sent') },
      },
    ],
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

/** How a scene read when somebody saved it. */
export async function writeSceneVersion(
  db: HomeHandle<Facts>,
  home: HomeId,
  device: DeviceId,
  author: SubjectId,
): Promise<void> {
  const id = newId()
  await db
    .insertInto('scene_version')
    .values({
      home_id: home,
      id,
      scene_id: newId<SceneId>(),
      version: 1,
      content: await db.seal('scene_version', 'content', id, {
        name: canary('scene-before'),
        icon: 'moon',
        room: canary('room-before'),
        transitionSeconds: 1,
        settings: [
          {
            device,
            part: canary('part-before'),
            capability: 'fan',
            values: { mode: canary('value-before') },
          },
        ],
      }),
      author,
      saved_at: 1,
    })
    .execute()
}

/** Somebody asked to leave a device alone. */
export async function writeHold(
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
