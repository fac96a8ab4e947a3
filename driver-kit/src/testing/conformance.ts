import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capabilities, isCapability, type VendorValue } from '@eaves/model'
import type { DeviceCommand, Driver } from '../driver.ts'
import type { SlotName } from '../messages.ts'
import { isManifest } from '../wire.ts'
import { settle } from './clock.ts'
import { createHarness, type Boundary, type Harness } from './harness.ts'
import { watchSockets } from './sockets.ts'

type Config = Readonly<Record<string, unknown>>
/** The other side that a driver talks to, as a test plays it. */
export interface OtherSide {
  /** Configuration of a connection that reaches it. */
  readonly config: Config
  /** Comes into being through the driver process itself, as a device on an embedded broker does. */
  readonly begin?: (harness: Harness) => Promise<void>
  /** Goes away so that the driver notices. */
  readonly lose?: (harness: Harness) => Promise<void>
  readonly restore?: (harness: Harness) => Promise<void>
  /** Says as much nonsense as it can think of. */
  readonly babble?: (harness: Harness) => Promise<void>
  /** How many commands have reached it. */
  readonly commands?: () => number
  readonly stop?: () => Promise<void>
}
export interface ConformanceFixtures {
  readonly time?: 'fake' | 'real'
  readonly start: () => Promise<OtherSide>
  /** Devices that must be announced. */
  readonly devices: readonly string[]
  /** A command that is confirmed by a report of these values. */
  readonly confirmed: {
    readonly device: string
    readonly command: DeviceCommand
    readonly values: readonly (readonly [...SlotName, value: VendorValue])[]
  }
  readonly outOfRange: { readonly device: string; readonly command: DeviceCommand }
  /** A command that the device or its absence refuses, with the configuration that makes it so. */
  readonly refused: {
    readonly config: (config: Config) => Config
    readonly device: string
    readonly command: DeviceCommand
    readonly code: string
  }
  /** Texts that no log line may hold: passwords, addresses, names of the home. */
  readonly secrets: readonly string[]
  readonly withinMs?: number
  /** For a driver that talks to nothing: there is no other side to lose or to hear nonsense from. */
  readonly isAlone?: boolean
}
interface Stage {
  readonly harness: Harness
  readonly side: OtherSide
  readonly ready: () => Promise<void>
}
type Play = (stage: Stage) => Promise<void>

/** The promises that every driver keeps, tested in process and across the message boundary. */
export function driverConformance(driver: Driver, fixtures: ConformanceFixtures): void {
  test(`${driver.id}: its manifest is complete`, () => {
    assert.ok(isManifest(driver))
    assert.equal(new Set(driver.config.map((c) => c.key)).size, driver.config.length)
  })
  for (const boundary of ['in process', 'across the boundary'] as const) {
    for (const [promise, play] of Object.entries({
      ...promises(driver, fixtures),
      ...(fixtures.isAlone ? {} : promisesToOthers(fixtures)),
    })) {
      test(`${driver.id}, ${boundary}: ${promise}`, () => onStage(driver, fixtures, boundary, play))
    }
  }
}

async function onStage(
  driver: Driver,
  fixtures: ConformanceFixtures,
  boundary: Boundary,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const side = await fixtures.start()
  const harness = createHarness(driver, { boundary, time: fixtures.time ?? 'fake' })
  const ready = (): Promise<void> =>
    harness.until(
      'the devices are there',
      () => fixtures.devices.every((id) => harness.device(id) !== undefined),
      fixtures.withinMs,
    )
  const sockets = watchSockets()
  try {
    await side.begin?.(harness)
    await play({ harness, side, ready })
    const undeclared = sockets.undeclared(driver.sockets.map((socket) => socket.module))
    assert.deepEqual(undeclared, [], 'it opens a socket that its manifest does not declare')
    const logs = JSON.stringify(harness.logs())
    for (const secret of fixtures.secrets)
      assert.ok(!logs.includes(secret), 'a log line holds a secret or an address')
  } finally {
    sockets.end()
    await harness.stop()
    await side.stop?.()
  }
}

function promises(driver: Driver, fixtures: ConformanceFixtures): Readonly<Record<string, Play>> {
  return {
    'ids are stable across a restart': async ({ harness, side, ready }) => {
      harness.open(side.config)
      await ready()
      const before = idsOf(harness, 'connection-a')
      harness.close()
      harness.open(side.config, 'connection-b')
      await harness.until(
        'the same devices are there again',
        () => idsOf(harness, 'connection-b').join() === before.join(),
        fixtures.withinMs,
      )
    },
    'two openings of one connection make no device twice': async ({ harness, side, ready }) => {
      harness.open(side.config)
      await ready()
      const before = idsOf(harness, 'connection-a')
      harness.open(side.config)
      await settle()
      await ready()
      assert.deepEqual(idsOf(harness, 'connection-a'), before)
    },
    'a command is confirmed by what the device reports': async ({ harness, side, ready }) => {
      harness.open(side.config)
      await ready()
      const { device, command, values } = fixtures.confirmed
      const slots = values.map(([part, capability, attribute]): SlotName => [part, capability, attribute])
      assert.deepEqual(await harness.command(device, command, slots), { state: 'sent' })
      await harness.until(
        'the values are reported',
        () =>
          values.every(
            ([part, capability, attribute, value]) =>
              harness.value(device, part, capability, attribute) === value,
          ),
        fixtures.withinMs,
      )
      harness.endCommand()
    },
    'what is out of range or unknown is refused before it is sent': async ({ harness, side, ready }) => {
      harness.open(side.config)
      await ready()
      const before = side.commands?.()
      const { device, command } = fixtures.outOfRange
      assert.equal((await harness.command(device, command)).code, 'device.out-of-range')
      assert.equal(
        (await harness.command(device, { ...command, name: 'noSuchCommand' })).code,
        'device.unsupported',
      )
      await settle()
      assert.equal(side.commands?.(), before)
    },
    'a refusal has a code': async ({ harness, side, ready }) => {
      const refused = fixtures.refused
      harness.open(refused.config(side.config))
      await ready()
      const end = await harness.command(refused.device, refused.command)
      assert.equal(end.state, 'refused')
      assert.equal(end.code, refused.code)
    },
    'it announces only what the model knows and reports only what it announced': async ({
      harness,
      side,
      ready,
    }) => {
      harness.open(side.config)
      await ready()
      for (const { shape } of harness.devices()) {
        for (const part of shape.parts) {
          for (const id of Object.keys(part.capabilities)) {
            assert.ok(isCapability(id))
            assert.ok(
              driver.collects.includes(capabilities[id].sensing),
              `${capabilities[id].sensing} is not in "collects"`,
            )
          }
        }
      }
      const refused = [
        'device shape trimmed',
        'device shape refused',
        'device value refused',
        'driver event withheld',
      ]
      assert.deepEqual(
        harness
          .logs()
          .filter((m) => refused.includes(m.event))
          .map((m) => m.event),
        [],
      )
    },
    'closing leaves no timer, socket or listener': async ({ harness, side, ready }) => {
      const before = resources()
      const waiting = harness.clock?.waiting() ?? 0
      harness.open(side.config)
      await ready()
      await harness.command(fixtures.confirmed.device, fixtures.confirmed.command)
      harness.close()
      await harness.stop()
      await nothingMore(before)
      assert.deepEqual(
        harness
          .logs()
          .filter((m) => m.event === 'driver left timers' || m.event === 'driver closes slowly')
          .map((m) => m.event),
        [],
      )
      assert.equal(harness.clock?.waiting() ?? 0, waiting)
    },
  }
}

/** What holds for a driver with another side: it may go, and it may talk nonsense. */
function promisesToOthers(fixtures: ConformanceFixtures): Readonly<Record<string, Play>> {
  return {
    'it says once that it lost the other side, and recovers alone': async ({ harness, side, ready }) => {
      harness.open(side.config)
      await ready()
      const isOff = (state: string | undefined): boolean => state === 'offline' || state === 'failed'
      await needed(side.lose)(harness)
      await harness.until(
        'it says that it is offline',
        () => isOff(harness.states().at(-1)),
        fixtures.withinMs,
      )
      await needed(side.restore)(harness)
      await harness.until('it is online again', () => harness.states().at(-1) === 'online', 60_000)
      assert.equal(harness.states().filter(isOff).length, 1)
      for (const { handle, shape } of harness.devices()) {
        const said = harness.messages.filter((m) => m.t === 'reach' && m.handle === handle && !m.online)
        assert.ok(said.length <= 1, `${shape.nativeId} went unavailable ${said.length} times`)
      }
      const warnings = harness
        .logs()
        .filter((m) => m.level === 'warn' || m.level === 'error')
        .map((m) => m.event)
      assert.equal(new Set(warnings).size, warnings.length, `logged more than once: ${warnings.join(', ')}`)
    },
    'nonsense from the other side never throws past the driver': async ({ harness, side, ready }) => {
      harness.open(side.config)
      await ready()
      await needed(side.babble)(harness)
      await settle()
      assert.deepEqual(
        harness.logs().filter((m) => m.event.startsWith('driver fault')),
        [],
      )
      assert.ok(!harness.states().includes('failed'))
    },
  }
}

function needed<T>(act: T | undefined): T {
  assert.ok(act !== undefined, 'the fixtures of a driver with another side need lose, restore and babble')
  return act
}

function idsOf(harness: Harness, connection: string): string[] {
  return harness
    .devices()
    .filter((d) => d.connection === connection)
    .map((d) => d.shape.nativeId)
    .sort()
}

function resources(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo())
    if (kind !== 'Immediate') counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** Sockets of the other side close a moment later; what stays longer was left behind. */
async function nothingMore(before: ReadonlyMap<string, number>): Promise<void> {
  const more = (): string[] =>
    [...resources()].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind)
  for (let tries = 0; more().length > 0 && tries < 50; tries++)
    await new Promise((resolve) => setImmediate(resolve))
  // The wait is itself a timer, so it is only used when something was found.
  for (let tries = 0; more().length > 0 && tries < 20; tries++)
    await new Promise((resolve) => setTimeout(resolve, 25))
  assert.deepEqual(more(), [])
}
