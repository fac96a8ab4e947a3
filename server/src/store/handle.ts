import { AsyncLocalStorage } from 'node:async_hooks'
import {
  AppError,
  purposes,
  type Access,
  type Actor,
  type HomeId,
  type Purpose,
  type Sealed,
  type SubjectId,
} from '@eaves/model'
import type { Kysely, QueryCreator } from 'kysely'
import type { KeyOwner, OpenKey, Vault } from '../privacy/vault.ts'
import { fieldFor, textOf, valueOf } from './cells.ts'
import type { Intake } from './intake.ts'
import type { AppendOnly, StoreMap } from './schema.ts'
import { scopePlugin, type ScopeColumn } from './scope.ts'
import { byThemselves, type Stops } from './stops.ts'

export type HomeTables<T> = { [K in keyof T as T[K] extends { home_id: HomeId } ? K : never]: T[K] }
export type PersonTables<T> = { [K in keyof T as T[K] extends { subject: SubjectId } ? K : never]: T[K] }

/** Columns that hold sealed values. */
export type SealedColumn<R> = {
  [C in keyof R]: NonNullable<R[C]> extends Sealed<unknown> ? C : never
}[keyof R] &
  string
/** What a sealed column holds once opened. */
export type Opened<R, C extends keyof R> = NonNullable<R[C]> extends Sealed<infer V> ? V : never
export type SystemActor = Extract<Actor, { readonly kind: 'system' }>
export type Owner = { readonly home: HomeId } | { readonly subject: SubjectId }

/** Query builders of the tables in `T`; rows outside the scope are neither seen nor touched, whatever the query says. */
interface Queries<T> {
  readonly selectFrom: QueryCreator<T>['selectFrom']
  readonly insertInto: QueryCreator<T>['insertInto']
  readonly updateTable: QueryCreator<Omit<T, AppendOnly>>['updateTable']
  readonly deleteFrom: QueryCreator<Omit<T, AppendOnly>>['deleteFrom']
}

/** Seals and opens cells; `rowId` is the row's own id (`id`; else `home_id` or `subject`). */
export interface Cells<T> {
  seal<K extends keyof T & string, C extends SealedColumn<T[K]>>(
    table: K,
    column: C,
    rowId: string,
    value: Opened<T[K], C>,
  ): Sealed<Opened<T[K], C>>
  open<K extends keyof T & string, C extends SealedColumn<T[K]>>(
    table: K,
    column: C,
    rowId: string,
    sealed: Sealed<Opened<T[K], C>>,
  ): Opened<T[K], C>
}

interface ScopedHandle<T> extends Queries<T> {
  seal<K extends keyof T & string, C extends SealedColumn<T[K]>>(
    table: K,
    column: C,
    rowId: string,
    value: Opened<T[K], C>,
  ): Promise<Sealed<Opened<T[K], C>>>
  open<K extends keyof T & string, C extends SealedColumn<T[K]>>(
    table: K,
    column: C,
    rowId: string,
    sealed: Sealed<Opened<T[K], C>>,
  ): Promise<Opened<T[K], C>>
  /** The same without a promise per cell, for lists. */
  cells(): Promise<Cells<T>>
}

/** One home's rows. `transaction` runs on one connection: inside it use the handle it passes and await nothing but the store. */
export interface HomeHandle<T> extends ScopedHandle<HomeTables<T>> {
  transaction<R>(fn: (handle: HomeHandle<T>) => Promise<R>): Promise<R>
}
/** One person's rows. */
export interface PersonHandle<T> extends ScopedHandle<PersonTables<T>> {
  /** The same rows in the same transaction for another purpose, by the same actor. // pp.2.3.5 */
  for(purpose: Purpose): PersonHandle<T>
  transaction<R>(fn: (handle: PersonHandle<T>) => Promise<R>): Promise<R>
}
/** All rows, for parts of the system that act for nobody in particular (start, sign-in, jobs). Each cell names its owner. */
export interface InstanceHandle<T> extends Queries<T> {
  /** One home's or person's handle in the same transaction. */
  readonly within: Db<T>['as']
  transaction<R>(fn: (handle: InstanceHandle<T>) => Promise<R>): Promise<R>
  sealFor<K extends keyof T & string, C extends SealedColumn<T[K]>>(
    owner: Owner,
    table: K,
    column: C,
    rowId: string,
    value: Opened<T[K], C>,
  ): Promise<Sealed<Opened<T[K], C>>>
  openFor<K extends keyof T & string, C extends SealedColumn<T[K]>>(
    owner: Owner,
    table: K,
    column: C,
    rowId: string,
    sealed: Sealed<Opened<T[K], C>>,
  ): Promise<Opened<T[K], C>>
}

/** A store that answers only to somebody: a scope, an actor and a purpose. // pp.5.1 */
export interface Db<T> {
  as(access: Access<{ readonly home: HomeId }>): HomeHandle<T>
  as(access: Access<{ readonly person: SubjectId }>): PersonHandle<T>
  as(access: Access<{ readonly instance: true }> & { readonly actor: SystemActor }): InstanceHandle<T>
}

interface DbParts {
  readonly kysely: Kysely<unknown>
  readonly map: StoreMap
  readonly vault: Vault
  /** Whoever has stopped a purpose is not found by what works by itself. */
  readonly stops?: Stops
  readonly intake: Intake
}
interface Running {
  active: boolean
}

export function createDb<T>(parts: DbParts): Db<T> {
  const running = new AsyncLocalStorage<Running>()
  const build = (access: Access, kysely: Kysely<unknown>, own: Running | undefined): unknown => {
    const scope = scopeOf(access)
    // A query beside a running transaction would wait for ever on SQLite's one connection, and miss its rows on PostgreSQL.
    const guard = () => {
      const current = running.getStore()
      if (current?.active && current !== own)
        throw new Error('Inside a transaction only its own handle may be used.')
    }
    const hidden = () => hiddenFrom(access, parts.stops)
    const demand = (table: string) => parts.intake.demand(`facts.${table}`)
    const shows = shownTo(access.actor, parts.map)
    const queries = kysely.withPlugin(
      scopePlugin({ map: parts.map, purpose: access.purpose, scope, guard, hidden, demand, shows }),
    )
    const check = (table: string, column: string) => {
      const field = fieldFor(parts.map, table, column, access.purpose)
      if (access.actor.kind === 'staff' && !access.actor.categories.includes(field.category))
        throw new AppError('policy.purpose') // pp.5.1
      return field
    }
    const cellsOf = (key: OpenKey, kind: KeyOwner['kind']) => ({
      seal: (table: string, column: string, rowId: string, value: unknown) =>
        key.seal({ table, column, rowId }, textOf(check(table, column), kind, value, `${table}.${column}`)),
      open: (table: string, column: string, rowId: string, sealed: string) =>
        valueOf(check(table, column), key.open({ table, column, rowId }, sealed)),
    })
    const cellsFor = async (owner: KeyOwner) => cellsOf(await parts.vault.keyOf(owner), owner.kind)
    const common = {
      selectFrom: queries.selectFrom.bind(queries),
      ...(access.actor.kind === 'staff'
        ? onlyReads
        : {
            insertInto: queries.insertInto.bind(queries),
            updateTable: queries.updateTable.bind(queries),
            deleteFrom: queries.deleteFrom.bind(queries),
          }),
      transaction: async <R>(fn: (handle: unknown) => Promise<R>): Promise<R> => {
        guard()
        if (own) return fn(handle)
        const mark: Running = { active: true }
        try {
          return await kysely
            .transaction()
            .execute((tx) => running.run(mark, () => fn(build(access, tx, mark))))
        } finally {
          mark.active = false
        }
      },
    }
    const owner = scope.owner
    const handle = owner
      ? {
          ...common,
          seal: async (table: string, column: string, rowId: string, value: unknown) =>
            (await cellsFor(owner)).seal(table, column, rowId, value),
          open: async (table: string, column: string, rowId: string, sealed: string) =>
            (await cellsFor(owner)).open(table, column, rowId, sealed),
          cells: () => cellsFor(owner),
          for: (purpose: Purpose) => build({ ...access, purpose }, kysely, own),
        }
      : {
          ...common,
          within: (inner: Access) => build(inner, kysely, own),
          sealFor: async (who: Owner, table: string, column: string, rowId: string, value: unknown) =>
            (await cellsFor(keyOwner(who))).seal(table, column, rowId, value),
          openFor: async (who: Owner, table: string, column: string, rowId: string, sealed: string) =>
            (await cellsFor(keyOwner(who))).open(table, column, rowId, sealed),
        }
    return handle
  }
  return { as: (access: Access) => build(access, parts.kysely, undefined) } as Db<T>
}

/** Re-checked with every query, so that work which has waited stops too, and staff look at nobody who stopped it. // pp.4.4.b pp.4.4.c */
function hiddenFrom({ actor, purpose }: Access, stops: Stops | undefined): readonly SubjectId[] {
  if (stops === undefined) return []
  const isHeldBack = actor.kind === 'staff' || (actor.kind === 'system' && byThemselves.has(actor.part))
  return isHeldBack ? stops.hiddenFor(purpose) : []
}

/** Staff read columns of the categories of their case, sealed or not, and ids; everybody else reads what the purpose allows. // pp.5.1 */
function shownTo(actor: Actor, map: StoreMap) {
  if (actor.kind !== 'staff') return undefined
  return (table: string, column: string): boolean => {
    const columns = Object.hasOwn(map, table) ? map[table]?.columns : undefined
    const field = columns !== undefined && Object.hasOwn(columns, column) ? columns[column] : undefined
    if (field === undefined) return false
    return 'category' in field ? actor.categories.includes(field.category) : field.class === 'reference'
  }
}

const refuseWrite = (): never => {
  throw new AppError('policy.purpose')
}
/** Whoever works for the service looks, and changes nothing of anybody. // pp.5.1 */
const onlyReads = { insertInto: refuseWrite, updateTable: refuseWrite, deleteFrom: refuseWrite }

export function keyOwner(owner: Owner): KeyOwner {
  return 'home' in owner ? { kind: 'home', id: owner.home } : { kind: 'subject', id: owner.subject }
}

export interface ScopeRule {
  /** The column each row must carry; undefined for the whole instance. */
  readonly column: ScopeColumn | undefined
  readonly value: string | undefined
  readonly owner: KeyOwner | undefined
}
/** What an access allows; nonsense is refused here, before anything is read. // pp.5.1 */
export function scopeOf({ scope, actor, purpose }: Access): ScopeRule {
  if (!purposes.includes(purpose)) throw new AppError('policy.purpose') // pp.2.3.5
  // Staff come with a case, to one person's rows: never to a home's, never to everybody's.
  if (actor.kind === 'staff' && (actor.case === '' || !('person' in scope)))
    throw new AppError('policy.purpose')
  if ('home' in scope && scope.home && actor.kind !== 'guardian')
    return { column: 'home_id', value: scope.home, owner: { kind: 'home', id: scope.home } }
  if ('person' in scope && scope.person) {
    // A person acts on their own rows only; what they may see of others goes through a home.
    if (actor.kind === 'person' && actor.subject !== scope.person) throw new AppError('policy.purpose')
    if (actor.kind === 'guardian' && actor.child !== scope.person) throw new AppError('policy.purpose') // pp.6
    return { column: 'subject', value: scope.person, owner: { kind: 'subject', id: scope.person } }
  }
  if ('instance' in scope && scope.instance === true && actor.kind === 'system')
    return { column: undefined, value: undefined, owner: undefined }
  throw new AppError('policy.purpose')
}
