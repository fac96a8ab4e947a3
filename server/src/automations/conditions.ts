import type { DeviceId, VendorValue } from '@eaves/model'
import type { AutomationCondition, RunStep } from '@eaves/model/api'
import { cellOf, isShown, type Cell, type LiveDevice } from '../homes/homes.ts'
import { readExpression, type Asked, type Expression } from './expression.ts'
import { modeKey } from './modes.ts'
import { isPriced, priceKey } from './prices.ts'
import { isPresent, presenceSignal } from './presence.ts'
import type { SignalValue } from './signals.ts'
import { isLight } from './sun.ts'
import type { Targets } from './targets.ts'
import { dayOf, minuteOf, weekdayOf } from './wall.ts'
import type { Aim, World } from './world.ts'
import type { Own } from './worth.ts'

type Of<K extends AutomationCondition['kind']> = Extract<AutomationCondition, { kind: K }>
/** What a condition is weighed by. */
export interface Sight {
  readonly world: World
  readonly targets: Targets
  readonly now: number
  /** What the run knows of itself. */
  readonly own?: Own
  /** Writes down what decided. */
  readonly note: (step: Omit<RunStep, 'afterMs'>) => void
}

const secondMs = 1_000
const expressions = new WeakMap<object, Expression>()
export function expressionOf(condition: Of<'expression'>): Expression {
  const known = expressions.get(condition)
  if (known !== undefined) return known
  const read = readExpression(condition.cel)
  expressions.set(condition, read)
  return read
}

/** Whether all of them hold; the first that does not is the last that is looked at. */
export function allHold(sight: Sight, conditions: readonly AutomationCondition[], at: string): boolean {
  for (let i = 0; i < conditions.length; i++) if (!holds(sight, conditions[i]!, `${at}/${i}`)) return false
  return true
}

export function holds(sight: Sight, condition: AutomationCondition, at: string): boolean {
  switch (condition.kind) {
    case 'state':
      return onCells(sight, condition, at, (cell) => isState(sight, condition, cell))
    case 'numeric':
      return onCells(sight, condition, at, (cell) => isIn(condition, cell.value))
    case 'and': {
      const all = condition.conditions.every((each, i) => holds(sight, each, `${at}/conditions/${i}`))
      return told(sight, at, all)
    }
    case 'or': {
      const any = condition.conditions.some((each, i) => holds(sight, each, `${at}/conditions/${i}`))
      return told(sight, at, any)
    }
    case 'not':
      return told(sight, at, !holds(sight, condition.condition, `${at}/condition`))
    case 'time':
      return told(sight, at, isTime(condition, sight.world.zone(), sight.now))
    case 'sun':
      return told(
        sight,
        at,
        isLight(sight.world.zone(), sight.now, condition.is, condition.afterMinutes, condition.beforeMinutes),
      )
    case 'calendar': {
      const says = sight.world.calendar?.(condition.calendar)
      if (says === undefined) return told(sight, at, false, 'automation.unknown-value')
      return told(sight, at, says.isDuring(sight.now, condition.matching))
    }
    case 'price': {
      const says = sight.world.price?.(condition.meter)
      const seen = says?.at(sight.now)?.price
      const isSo = isPriced(condition, says, sight.now)
      const why = seen === undefined ? { code: 'automation.unknown-value' } : { seen }
      sight.note({ at, outcome: isSo ? 'yes' : 'no', ...why })
      return isSo
    }
    case 'presence':
    case 'place':
      return told(sight, at, isPresent(sight.world.signals, condition, sight.now))
    case 'mode':
      return isSignal(sight, modeKey, condition.is, at)
    case 'alarm':
      return told(sight, at, sight.world.signals.value('alarm') === condition.is)
    case 'expression':
      return isTrue(sight, condition, at)
  }
}

function told({ note }: Sight, at: string, outcome: boolean, code?: string): boolean {
  note({ at, outcome: outcome ? 'yes' : 'no', ...(code === undefined ? {} : { code }) })
  return outcome
}

/** What is known beside the devices, with what it was. */
function isSignal({ world, note }: Sight, key: string, is: SignalValue, at: string): boolean {
  const value = world.signals.value(key)
  note({ at, outcome: value === is ? 'yes' : 'no', ...seenOf(value) })
  return value === is
}

type OnCells = Aim & {
  readonly capability: string
  readonly attribute: string
  readonly match?: 'any' | 'all' | undefined
}
function onCells(sight: Sight, condition: OnCells, at: string, is: (cell: Cell) => boolean): boolean {
  const cells = sight.targets.cells(condition)
  const isAll = condition.match === 'all'
  const decisive = cells.find((cell) => is(cell) !== isAll) ?? cells[0]
  if (decisive === undefined)
    return told(
      sight,
      at,
      false,
      condition.device === undefined ? 'automation.nothing-there' : 'automation.device-gone',
    )
  const outcome = is(decisive)
  sight.note({
    at,
    outcome: outcome ? 'yes' : 'no',
    device: decisive.group.device.id,
    part: decisive.group.part,
    ...seenOf(decisive.value),
    ...(decisive.value === undefined ? { code: 'automation.unknown-value' } : {}),
  })
  return outcome
}

/** What a trace says of a value: short texts and numbers as they are. */
export function seenOf(value: VendorValue | undefined): { seen?: string | number | boolean } {
  if (typeof value === 'string') return { seen: value.slice(0, 256) }
  return typeof value === 'number' || typeof value === 'boolean' ? { seen: value } : {}
}

function isState({ world, now }: Sight, { is, forSeconds }: Of<'state'>, cell: Cell): boolean {
  if (cell.value !== is) return false
  return forSeconds === undefined || now - Math.max(cell.changedAt, world.since) >= forSeconds * secondMs
}

export function isIn(
  { above, below }: { readonly above?: number | undefined; readonly below?: number | undefined },
  value: VendorValue | undefined,
): boolean {
  if (typeof value !== 'number') return false
  return (above === undefined || value > above) && (below === undefined || value < below)
}

export function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
}

/** A window over midnight belongs to the day on which it began. */
function isTime({ after, before, weekdays }: Of<'time'>, zone: string, now: number): boolean {
  const minute = minuteOf(zone, now)
  const [from, to] = [after, before].map((each) => (each === undefined ? undefined : minutesOf(each)))
  const isOver = from !== undefined && to !== undefined && from > to
  const isWithin = isOver
    ? minute >= from || minute < to
    : (from === undefined || minute >= from) && (to === undefined || minute < to)
  if (!isWithin || weekdays === undefined) return isWithin
  const day = dayOf(zone, now) - (isOver && minute < to ? 1 : 0)
  return weekdays.includes(weekdayOf(day))
}

function isTrue(sight: Sight, condition: Of<'expression'>, at: string): boolean {
  try {
    return told(sight, at, expressionOf(condition).holds(askedOf(sight)))
  } catch {
    return told(sight, at, false, 'automation.expression')
  }
}

/** What an expression is answered by. */
export function askedOf({ world, now, own }: Pick<Sight, 'world' | 'now' | 'own'>): Asked {
  const shown = (id: DeviceId): LiveDevice | undefined => {
    const device = world.devices.get(id)
    return device !== undefined && isShown(device) ? device : undefined
  }
  return {
    zone: world.zone(),
    now,
    own: own,
    online: (id) => shown(id)?.online,
    value: (id, capability, attribute, part) => {
      const device = shown(id)
      const found = part ?? (device === undefined ? undefined : partWith(device, capability))
      return device === undefined || found === undefined
        ? undefined
        : cellOf(device, found, capability, attribute)?.value
    },
  }
}

function partWith(device: LiveDevice, capability: string): string | undefined {
  const has = [...device.parts.values()].filter((part) => part.groups.has(capability))
  return (has.find((part) => part.shape.id === 'main') ?? has[0])?.shape.id
}

/** The values and the signals that a condition looks at, and whether time alone may change what it says. */
export function watchedBy(sight: Pick<Sight, 'world' | 'targets'>, condition: AutomationCondition) {
  const cells = new Set<Cell>()
  const signals = new Set<string>()
  let isTimely = false
  const visit = (each: AutomationCondition): void => {
    if (each.kind === 'and' || each.kind === 'or') return each.conditions.forEach(visit)
    if (each.kind === 'not') return visit(each.condition)
    if (each.kind === 'time' || each.kind === 'sun' || each.kind === 'calendar') return void (isTimely = true)
    if (each.kind === 'price') {
      isTimely = true
      return void signals.add(priceKey(each.meter))
    }
    if (each.kind === 'alarm') return void signals.add('alarm')
    if (each.kind === 'expression') {
      const { names, isTimely: byTime } = expressionOf(each)
      isTimely ||= byTime || names.some(({ capability }) => capability === undefined)
      for (const { device, capability, attribute, part } of names)
        if (capability !== undefined && attribute !== undefined)
          for (const cell of sight.targets.cells({ device, part, capability, attribute })) cells.add(cell)
      return
    }
    if (each.kind === 'presence' || each.kind === 'place') {
      isTimely ||= each.forSeconds !== undefined
      return void signals.add(presenceSignal(each).key)
    }
    if (each.kind === 'mode') return void signals.add(modeKey)
    if (each.kind === 'state') isTimely ||= each.forSeconds !== undefined
    if (each.kind === 'state' || each.kind === 'numeric')
      for (const cell of sight.targets.cells(each)) cells.add(cell)
  }
  visit(condition)
  return { cells, signals, isTimely }
}
