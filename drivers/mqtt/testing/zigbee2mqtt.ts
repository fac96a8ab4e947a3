import { zigbeeDevice } from './memory-link.ts'

type Json = Readonly<Record<string, unknown>>
export type Publish = (topic: string, payload: object | string, retain?: boolean) => void

/** The part of a Zigbee2MQTT that answers requests, after its documentation; the radio behind it does what it is told. */
export interface PlayedBridge {
  readonly devices: Json[]
  readonly groups: {
    id: number
    friendly_name: string
    members: { ieee_address: string; endpoint: number }[]
  }[]
  /** Requests that came, in order. */
  readonly asked: { readonly path: string; readonly payload: Json }[]
  /** What a request is refused with, by its path. */
  readonly refusals: Map<string, string>
  /** Paths that get no answer. */
  readonly silent: Set<string>
  readonly take: (topic: string, payload: string) => void
  readonly tellInfo: (more?: Json) => void
  readonly tellLists: () => void
  readonly event: (type: string, data: Json) => void
  /** A new device goes through its stages. */
  readonly join: (ieee: string, exposes: readonly object[], ends?: 'successful' | 'failed') => void
}

export const coordinator = {
  ieee_address: '0x00124b00ffffffff',
  type: 'Coordinator',
  friendly_name: 'Coordinator',
}

export function playZigbee2mqtt(
  publish: Publish,
  base = 'zigbee2mqtt',
  now: () => number = Date.now,
): PlayedBridge {
  const devices: Json[] = []
  const groups: PlayedBridge['groups'] = []
  const asked: PlayedBridge['asked'] = []
  const refusals = new Map<string, string>()
  const silent = new Set<string>()
  const topic = (rest: string): string => `${base}/bridge/${rest}`
  const tellLists = (): void => {
    publish(topic('devices'), [coordinator, ...devices], true)
    publish(topic('groups'), groups, true)
  }
  const tellInfo = (more: Json = {}): void =>
    publish(
      topic('info'),
      {
        version: '2.6.0',
        coordinator: { ieee_address: coordinator.ieee_address, type: 'ZStack3x0' },
        permit_join: false,
        config: { availability: { enabled: true } },
        ...more,
      },
      true,
    )
  const event = (type: string, data: Json): void => publish(topic('event'), { type, data })
  const find = (name: unknown): Json | undefined =>
    devices.find((one) => one.ieee_address === name || one.friendly_name === name)
  const change = (device: Json, next: Json): void =>
    void devices.splice(devices.indexOf(device), 1, { ...device, ...next })

  const does: Readonly<Record<string, (payload: Json) => void>> = {
    permit_join: ({ time }) =>
      tellInfo(
        Number(time) > 0
          ? { permit_join: true, permit_join_end: now() + Number(time) * 1000 }
          : { permit_join: false },
      ),
    'device/rename': ({ from, to }) => change(needed(find(from)), { friendly_name: to }),
    'device/remove': ({ id }) => void devices.splice(devices.indexOf(needed(find(id))), 1),
    'device/configure': ({ id }) => void needed(find(id)),
    'device/interview': ({ id }) =>
      change(needed(find(id)), { interview_state: 'SUCCESSFUL', interview_completed: true }),
    'group/add': ({ friendly_name }) =>
      void groups.push({ id: groups.length + 1, friendly_name: String(friendly_name), members: [] }),
    'group/rename': ({ from, to }) => {
      needed(groups.find((one) => one.friendly_name === from)).friendly_name = String(to)
    },
    'group/remove': ({ id }) =>
      void groups.splice(groups.indexOf(needed(groups.find((one) => one.friendly_name === id))), 1),
    'group/members/add': ({ group, device }) =>
      void needed(groups.find((one) => one.friendly_name === group)).members.push({
        ieee_address: String(needed(find(device)).ieee_address),
        endpoint: 1,
      }),
    'group/members/remove': ({ group, device }) => {
      const { members } = needed(groups.find((one) => one.friendly_name === group))
      const ieee = needed(find(device)).ieee_address
      members.splice(
        members.findIndex((one) => one.ieee_address === ieee),
        1,
      )
    },
  }
  return {
    devices,
    groups,
    asked,
    refusals,
    silent,
    tellInfo,
    tellLists,
    event,
    take: (at, text) => {
      const path = at.startsWith(topic('request/')) ? at.slice(topic('request/').length) : ''
      const act = does[path]
      if (act === undefined) return
      const payload = JSON.parse(text) as Json
      asked.push({ path, payload })
      if (silent.has(path)) return
      const { transaction } = payload
      try {
        const refusal = refusals.get(path)
        if (refusal !== undefined) throw new Error(refusal)
        act(payload)
      } catch (error) {
        return publish(topic(`response/${path}`), {
          status: 'error',
          data: {},
          error: (error as Error).message,
          transaction,
        })
      }
      tellLists()
      publish(topic(`response/${path}`), { status: 'ok', data: {}, transaction })
    },
    join: (ieee, exposes, ends = 'successful') => {
      const data = { friendly_name: ieee, ieee_address: ieee }
      const fresh = { ieee_address: ieee, type: 'Router', friendly_name: ieee, definition: null }
      devices.push({ ...fresh, interview_state: 'PENDING', interview_completed: false, interviewing: false })
      tellLists()
      event('device_joined', data)
      change(needed(find(ieee)), { interview_state: 'IN_PROGRESS', interviewing: true })
      tellLists()
      event('device_interview', { ...data, status: 'started' })
      const whole = zigbeeDevice(ieee, ieee, exposes) as Json
      if (ends === 'successful')
        change(needed(find(ieee)), { ...whole, interview_state: 'SUCCESSFUL', interviewing: false })
      else change(needed(find(ieee)), { interview_state: 'FAILED', interviewing: false })
      tellLists()
      event('device_interview', {
        ...data,
        status: ends,
        ...(ends === 'successful'
          ? { supported: true, definition: { model: 'M-1', vendor: 'Maker', description: 'A device' } }
          : {}),
      })
    },
  }
}

function needed<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('does not exist')
  return thing
}
