// The alarm and the vacation of a home, each personal value of them a canary.
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import type { HomeHandle } from '../handle.ts'
import type { Facts } from '../schema.ts'
import { canary } from './residue-words.ts'

export async function writeAlarm(db: HomeHandle<Facts>, home: HomeId, subject: SubjectId): Promise<void> {
  const [code, event, device] = [newId(), newId(), newId()]
  const way = { sensors: [{ device, part: canary('sensor-part'), sense: 'contact', entry: false }] } as const
  const ways = { ...way, sensors: [...way.sensors], exitSeconds: 1, entrySeconds: 1 }
  await db
    .insertInto('alarm')
    .values({
      home_id: home,
      version: 1,
      set_by: subject,
      state: 'pending',
      since: 1,
      content: await db.seal('alarm', 'content', home, {
        away: ways,
        night: ways,
        sirens: [{ device, part: canary('siren-part') }],
        sirenSeconds: 5,
        tell: 'keepers',
      }),
      run: await db.seal('alarm', 'run', home, {
        rounds: 0,
        leftOut: [{ device, part: canary('left-out'), sense: 'contact', why: 'open', returns: false }],
        raised: [{ device: canary('raised'), at: 1 }],
      }),
    })
    .execute()
  await db
    .insertInto('alarm_code')
    .values({
      home_id: home,
      id: code,
      subject,
      name: await db.seal('alarm_code', 'name', code, canary('visitor')),
      code: await db.seal('alarm_code', 'code', code, canary('code')),
      is_duress: 0,
      starts_at: 1,
      ends_at: 2,
      created_at: 1,
    })
    .execute()
  await db
    .insertInto('alarm_event')
    .values({
      home_id: home,
      id: event,
      at: 1,
      kind: 'armed',
      mode: 'away',
      by_subject: subject,
      device: null,
    })
    .execute()
  await db
    .insertInto('vacation')
    .values({
      home_id: home,
      version: 1,
      content: await db.seal('vacation', 'content', home, {
        lamps: [canary('lamp')],
        lit: [canary('lit')],
        from: 1,
      }),
      author: subject,
      enabled: 0,
      stopped: null,
    })
    .execute()
}
