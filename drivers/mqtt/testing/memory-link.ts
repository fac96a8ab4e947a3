import { defineDriver, DriverError, type Driver } from '@eaves/driver-kit'
import { createHarness, type Harness } from '@eaves/driver-kit/testing'
import { readConfig } from '../config.ts'
import { openConnection } from '../connection.ts'
import type { Outgoing } from '../draft.ts'
import mqtt from '../driver.ts'
import type { LinkStatus, MqttLink } from '../link.ts'
import { matches, type Incoming } from '../topics.ts'

/** A broker in memory, for tests of what is made of messages; the wire has tests of its own. */
export interface MemoryBroker {
  readonly driver: Driver
  readonly publish: (topic: string, payload: string | Buffer | object, retain?: boolean) => void
  readonly sent: Outgoing[]
  readonly filters: Set<string>
  readonly setOnline: (isOnline: boolean) => void
  /** Calls for each message that the driver sends, after it has left. */
  readonly onSent: (take: (message: Outgoing) => void) => void
}

export function createMemoryBroker(): MemoryBroker {
  const retained = new Map<string, Buffer>()
  const filters = new Set<string>()
  const sent: Outgoing[] = []
  let receive: (message: Incoming) => void = () => undefined
  let status: (status: LinkStatus) => void = () => undefined
  let isOnline = true
  let other: (message: Outgoing) => void = () => undefined
  const link: MqttLink = {
    open: () =>
      status(
        isOnline ? { state: 'online' } : { state: 'offline', fault: { code: 'connection.unreachable' } },
      ),
    publish: (message) => {
      if (!isOnline) return Promise.reject(new DriverError('unreachable'))
      sent.push(message)
      queueMicrotask(() => other(message))
      return Promise.resolve()
    },
    subscribe: (wanted) => {
      for (const filter of wanted) {
        filters.add(filter)
        for (const [topic, payload] of retained)
          if (matches(filter, topic)) receive({ topic, payload, retained: true })
      }
      return Promise.resolve([])
    },
    unsubscribe: (dropped) => dropped.forEach((filter) => filters.delete(filter)),
    onMessage: (handler) => void (receive = handler),
    onStatus: (handler) => void (status = handler),
    close: () => Promise.resolve(),
  }
  return {
    sent,
    filters,
    onSent: (take) => void (other = take),
    driver: defineDriver({
      ...mqtt,
      connect: (context) =>
        openConnection(readConfig({ url: 'mqtt://127.0.0.1', ...context.config }), context, link),
    }),
    publish: (topic, payload, retain = false) => {
      const bytes = Buffer.isBuffer(payload)
        ? payload
        : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
      if (retain) retained.set(topic, bytes)
      for (const filter of filters) {
        if (!matches(filter, topic)) continue
        receive({ topic, payload: bytes, retained: false })
        break
      }
    },
    setOnline: (value) => {
      isOnline = value
      if (!value) filters.clear()
      status(value ? { state: 'online' } : { state: 'offline', fault: { code: 'connection.unreachable' } })
    },
  }
}

/** Opens a connection over a memory broker that already holds these retained messages. */
export async function openHome(
  announced: Readonly<Record<string, object | string>>,
  config: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly broker: MemoryBroker; readonly harness: Harness }> {
  const broker = createMemoryBroker()
  for (const [topic, payload] of Object.entries(announced)) broker.publish(topic, payload, true)
  const harness = createHarness(broker.driver)
  harness.open(config)
  await harness.clock?.advance(1500)
  return { broker, harness }
}

/** One entry of `bridge/devices`. */
export function zigbeeDevice(
  ieee: string,
  name: string,
  exposes: readonly object[],
  more: Readonly<Record<string, unknown>> = {},
): object {
  return {
    ieee_address: ieee,
    type: 'Router',
    friendly_name: name,
    power_source: 'Mains (single phase)',
    interview_completed: true,
    definition:
      more.definition === null
        ? null
        : {
            model: 'M-1',
            vendor: 'Maker',
            description: 'A device',
            exposes,
            ...(more.definition as object),
          },
    ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'definition')),
  }
}
export const expose = {
  switch: {
    type: 'switch',
    features: [
      {
        type: 'binary',
        name: 'state',
        property: 'state',
        access: 7,
        value_on: 'ON',
        value_off: 'OFF',
        value_toggle: 'TOGGLE',
      },
    ],
  },
  light: {
    type: 'light',
    features: [
      {
        type: 'binary',
        name: 'state',
        property: 'state',
        access: 7,
        value_on: 'ON',
        value_off: 'OFF',
        value_toggle: 'TOGGLE',
      },
      {
        type: 'numeric',
        name: 'brightness',
        property: 'brightness',
        access: 7,
        value_min: 0,
        value_max: 254,
      },
      {
        type: 'numeric',
        name: 'color_temp',
        property: 'color_temp',
        access: 7,
        unit: 'mired',
        value_min: 153,
        value_max: 500,
      },
      {
        type: 'composite',
        name: 'color_xy',
        property: 'color',
        features: [
          { type: 'numeric', name: 'x', property: 'x', access: 7 },
          { type: 'numeric', name: 'y', property: 'y', access: 7 },
        ],
      },
    ],
  },
  numeric: (name: string, unit?: string, access = 1): object => ({
    type: 'numeric',
    name,
    property: name,
    access,
    ...(unit === undefined ? {} : { unit }),
  }),
  binary: (name: string, on: unknown = true, off: unknown = false, access = 1): object => ({
    type: 'binary',
    name,
    property: name,
    access,
    value_on: on,
    value_off: off,
  }),
}
