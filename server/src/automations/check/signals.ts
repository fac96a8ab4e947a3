import type { DeviceId } from '@eaves/model'
import type { AutomationBody } from '@eaves/model/api'
import { cellOf, createDevice, type Cell } from '../../homes/homes.ts'
import { modeKey } from '../modes.ts'
import { presenceSignal, type PresenceAsk } from '../presence.ts'
import type { Looked } from './home.ts'

/** Stands for a capability where what is meant is no device's, such as the mode of the home. */
export const signal = 'signal'
const cells = new WeakSet<Cell>()
export const isSignal = (cell: Cell): boolean => cells.has(cell)

/** A value of nobody's device, which can be anything. */
export function signalCell(key: string): Cell {
  const vendor = {
    [key]: { type: 'text', name: key, readable: true, writable: true, category: 'state' },
  } as const
  const device = createDevice(
    { report: () => undefined },
    {
      id: `${signal}/${key}` as DeviceId,
      driver: signal,
      addedAt: 0,
      connection: undefined,
      room: null,
      isNew: false,
      name: key,
      shape: {
        nativeId: key,
        name: key,
        kind: 'other',
        confirmable: false,
        parts: [{ id: 'main', capabilities: {}, vendor }],
      },
    },
  )
  const cell = cellOf(device, 'main', 'vendor', key)!
  cells.add(cell)
  return cell
}

interface Kinded {
  readonly kind: string
  readonly from?: string
  readonly to?: string
  readonly is?: string
}
const asked = (node: unknown): node is Kinded => typeof node === 'object' && node !== null && 'kind' in node
const given = (values: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** The same automation with triggers and conditions on the mode and on who is there written as of a value, and everything at its place. */
export function withSignals(rule: Looked): Looked {
  const { body } = rule
  const text = JSON.stringify([body.triggers, body.conditions, body.actions])
  if (!['mode', 'presence', 'place'].some((kind) => text.includes(`"kind":"${kind}"`))) return rule
  const [triggers, conditions] = [body.triggers.map(asValue), body.conditions?.map(asValue)]
  const actions = body.actions.map(asValueWithin)
  return {
    ...rule,
    body: {
      ...body,
      triggers,
      ...(conditions === undefined ? {} : { conditions }),
      actions,
    } as AutomationBody,
  }
}

/** Of what an action holds, everything but the actions themselves. */
function asValueWithin(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asValueWithin)
  if (typeof node !== 'object' || node === null) return node
  const isAction = asked(node) && node.kind === 'mode' && node.to !== undefined
  return isAction ? node : asValue(node)
}

function asValue(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asValueWithin)
  if (typeof node !== 'object' || node === null) return node
  if (asked(node) && (node.kind === 'presence' || node.kind === 'place')) {
    const ask = node as PresenceAsk
    const { key, value } = presenceSignal(ask)
    const { forSeconds } = ask
    const held = forSeconds === undefined ? {} : { forSeconds }
    const base = { kind: 'state', capability: signal, attribute: key, everywhere: true }
    return { ...base, to: value, is: value, ...held }
  }
  if (!asked(node) || node.kind !== 'mode')
    return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, asValueWithin(each)]))
  const { from, to, is } = node
  return {
    kind: 'state',
    capability: signal,
    attribute: modeKey,
    everywhere: true,
    ...given({ from, to, is }),
  }
}

/** The modes that a value of the home is asked for. */
export function modesIn(item: object): string[] {
  const { attribute, from, to, is } = item as Kinded & { readonly attribute?: string }
  if (attribute !== modeKey) return []
  return [from, to, is].filter((each) => each !== undefined)
}
