import { newId, type HomeRole, type SubjectId } from '@eaves/model'
import { HomeSignals } from '../automations/automations.ts'
import type { Setting } from '../automations/testing.ts'
import { quietLog } from '../store/testing.ts'
import { Presence } from './presence.ts'

export function join({ house }: Pick<Setting, 'house'>, role: HomeRole, more: object = {}): SubjectId {
  const subject = newId<SubjectId>()
  house.homes.relations.set(house.home, subject, { role, since: house.clock.now(), ...more })
  return subject
}
/** As it is read from the disk. */
export async function again({ house }: Pick<Setting, 'house'>): Promise<Presence> {
  const { clock, homes, timers } = house
  const { facts, stops } = house.stores.stores
  const signals = new HomeSignals()
  const next = new Presence({ facts, stops, homes, timers, signals, now: clock.now, log: quietLog })
  await next.start()
  next.stop()
  return next
}
