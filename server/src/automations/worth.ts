import type { VendorValue } from '@eaves/model'
import type { AutomationAction } from '@eaves/model/api'
import { readWorth, type Worth } from './expression.ts'

/** What a run knows of itself: what set it off, what it waited for last, and what it was told to remember. */
export interface Own {
  readonly trigger: Map<string, Known>
  readonly waited: Map<string, Known>
  readonly vars: Map<string, Known>
}
export type Scalar = string | number | boolean
export type Known = Scalar | ReadonlyMap<string, Scalar>

/** Most runs remember nothing, so what is remembered is made when it is asked for. */
export class RunOwn implements Own {
  #trigger: Own['trigger'] | undefined
  #waited: Own['waited'] | undefined
  #vars: Own['vars'] | undefined
  get trigger(): Own['trigger'] {
    return (this.#trigger ??= new Map())
  }
  get waited(): Own['waited'] {
    return (this.#waited ??= new Map())
  }
  get vars(): Own['vars'] {
    return (this.#vars ??= new Map())
  }
}

/** A value that is worked out when its step comes. */
export interface Worked {
  readonly $cel: string
}
export function isWorked(value: unknown): value is Worked {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return typeof (value as Partial<Worked>).$cel === 'string' && Object.keys(value).length === 1
}

const known = new WeakMap<object, Worth>()
/** Throws a `BadExpression` where it cannot be read. */
export function worthOf(holder: Worked | { readonly cel: string }): Worth {
  const found = known.get(holder) ?? readWorth('cel' in holder ? holder.cel : holder.$cel)
  known.set(holder, found)
  return found
}

type Args = Readonly<Record<string, VendorValue>>
/** The arguments of a command that are worked out, each with its name. */
export function workedOf(args: unknown): (readonly [string, Worked])[] {
  return Object.entries((args ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, value]) =>
    isWorked(value) ? [[name, value] as const] : [],
  )
}
export function withWorked(args: unknown, work: (worked: Worked) => VendorValue): Args | undefined {
  const worked = workedOf(args)
  if (worked.length === 0) return args as Args | undefined
  return { ...(args as Args), ...Object.fromEntries(worked.map(([name, each]) => [name, work(each)])) }
}

/** The names that the actions remember something under. */
export function rememberedIn(actions: readonly AutomationAction[]): Set<string> {
  const found = new Set<string>()
  const visit = (all: readonly AutomationAction[]): void => {
    for (const action of all) {
      if (action.kind === 'set') found.add(action.name)
      if (action.kind === 'repeat') visit(action.actions)
      if (action.kind !== 'choose') continue
      for (const { then } of action.options) visit(then)
      visit(action.otherwise ?? [])
    }
  }
  visit(actions)
  return found
}
