import type { CredentialId, HomeId, RoomId, SubjectId } from '@eaves/model'
import type { House } from '../house.ts'
import { stackOf, type Log } from '../log.ts'
import type { Go, Plan } from './process.ts'

const owner = { email: 'demo@example.org' } as const
const homeName = 'Demo home'
/** Access data of the simulated devices is made anew at each start and has this before its name. */
const prefix = 'Demo: '

export interface Furnished {
  readonly subject: SubjectId
  readonly home: HomeId
}

/** The account and its home, with the rooms of the plan when it is new. */
export async function furnish(house: House, plan: Plan, zone: string): Promise<Furnished> {
  const { people, homes } = house
  const subject =
    people.claimant() ?? (await people.claimForDemonstration({ owner, locale: 'en', region: 'other' }))
  const known = [...homes.rolesOf(subject).keys()][0]
  const home = known ?? (await house.createHome(subject, { name: homeName, zone }))
  const { places } = homes.home(home)
  if (places.rooms().length === 0) for (const name of plan.rooms) await places.addRoom(subject, { name })
  return { subject, home }
}

/** Access for each voice of the house, as a person would make it; that of the last start is revoked. */
export async function giveAccess(
  { credentials }: House,
  { subject, home }: Furnished,
  { voices }: Plan,
): Promise<Pick<Go, 'broker' | 'access'>> {
  for (const old of credentials.list(home))
    if (old.name.startsWith(prefix)) await credentials.remove(home, old.id as CredentialId)
  const access: Record<string, { username: string; password: string }> = {}
  let broker = { host: '127.0.0.1', port: 0 }
  for (const { name, scope } of voices) {
    const { username, password, host, port } = await credentials.add(home, subject, prefix + name, scope)
    access[name] = { username, password }
    broker = { host, port }
  }
  return { broker, access }
}

/** Puts each device of the plan into its room once, as soon as it is announced; what a person moves stays there. */
export function placeDevices(house: House, { home }: Furnished, plan: Plan, log: Log): () => void {
  const { homes, devices } = house
  const rooms = new Map(
    homes
      .home(home)
      .places.rooms()
      .map(({ name, id }) => [name, id as RoomId]),
  )
  const waiting = new Map(plan.devices.map(({ name, room }) => [name, room]))
  const place = (): void => {
    for (const device of homes.runtime(home).devices.values()) {
      const name = device.shape.name ?? ''
      const room = rooms.get(waiting.get(name) ?? '')
      if (!waiting.delete(name) || !device.isNew || device.room !== null || room === undefined) continue
      devices
        .edit(home, device.id, { room })
        .catch((error: unknown) => log.warn('demo.device-not-placed', { home, stack: stackOf(error) }))
    }
    if (waiting.size === 0) stop()
  }
  let soon: NodeJS.Immediate | undefined
  const watch = homes.watch(home, undefined, (kind) => {
    if (kind === 'device')
      soon ??= setImmediate(() => {
        soon = undefined
        place()
      })
  })
  const stop = (): void => {
    clearImmediate(soon)
    watch.stop()
  }
  place()
  return stop
}
