import { AppError, type Purpose } from '@eaves/model'
import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  OnNode,
  OperationNodeTransformer,
  OperatorNode,
  ParensNode,
  PrimitiveValueListNode,
  ReferenceNode,
  SelectQueryNode,
  TableNode,
  ValueNode,
  ValuesNode,
  WhereNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type KyselyPlugin,
  type OperationNode,
  type ColumnUpdateNode,
  type JoinNode,
  type RawNode,
  type UpdateQueryNode,
  type ValueListNode,
} from 'kysely'
import type { StoreMap } from './schema.ts'

export type ScopeColumn = 'home_id' | 'subject'
export interface ScopeOptions {
  readonly map: StoreMap
  readonly purpose: Purpose
  readonly scope: { readonly column: ScopeColumn | undefined; readonly value: string | undefined }
  /** People whose rows this query must not find. */
  readonly hidden?: () => readonly string[]
  /** Throws when a query may not run now. */
  readonly guard: () => void
  /** Throws when the table takes no new rows. // pp.ret.1 */
  readonly demand: (table: string) => void
  /** Where not everything may be read: whether this column may. // pp.5.1 */
  readonly shows?: ((table: string, column: string) => boolean) | undefined
}

/** Rewrites every query so that each table it names is restricted to the scope; what cannot be restricted is refused. // pp.5.1 */
export function scopePlugin(options: ScopeOptions): KyselyPlugin {
  const transformer = new ScopeTransformer(options)
  return {
    transformQuery: ({ node, queryId }) => {
      options.guard()
      return transformer.transformNode(node, queryId)
    },
    transformResult: async ({ result }) => result,
  }
}

const harmless = new Set(['asc', 'desc', 'true'])
const refuse = (what: string): never => {
  throw new Error(`A scoped query cannot have ${what}.`)
}
const columnName = (node: OperationNode): string | undefined => {
  if (ColumnNode.is(node)) return node.column.name
  return ReferenceNode.is(node) && ColumnNode.is(node.column) ? node.column.column.name : undefined
}

class ScopeTransformer extends OperationNodeTransformer {
  readonly #options: ScopeOptions

  constructor(options: ScopeOptions) {
    super()
    this.#options = options
  }

  protected override transformSelectQuery(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformSelectQuery']>
  ): SelectQueryNode {
    const done = super.transformSelectQuery(node, queryId)
    this.#shown(done)
    const own = (done.from?.froms ?? [])
      .map((source) => this.#predicate(source))
      .filter((p) => p !== undefined)
    const joins = done.joins?.map((join) => this.#restrictJoin(join))
    return { ...done, ...(joins ? { joins } : {}), ...this.#where(done.where, own) }
  }

  protected override transformUpdateQuery(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformUpdateQuery']>
  ): UpdateQueryNode {
    const done = super.transformUpdateQuery(node, queryId)
    if (!done.table || done.from || done.joins || done.with)
      return refuse('an update over more than one table')
    this.#mutable(done.table)
    this.#keepsScope(done.updates)
    const own = this.#predicate(done.table)
    return { ...done, ...this.#where(done.where, own ? [own] : []) }
  }

  protected override transformDeleteQuery(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformDeleteQuery']>
  ): DeleteQueryNode {
    const done = super.transformDeleteQuery(node, queryId)
    const [table, ...rest] = done.from.froms
    if (!table || rest.length > 0 || done.using || done.joins || done.with)
      return refuse('a delete over more than one table')
    this.#mutable(table)
    const own = this.#predicate(table)
    return { ...done, ...this.#where(done.where, own ? [own] : []) }
  }

  protected override transformInsertQuery(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformInsertQuery']>
  ): InsertQueryNode {
    const done = super.transformInsertQuery(node, queryId)
    if (
      !done.into ||
      !done.values ||
      !ValuesNode.is(done.values) ||
      done.replace ||
      done.orAction ||
      done.with
    )
      return refuse('an insert of anything but values')
    const entry = this.#allowed(done.into)
    this.#options.demand(done.into.table.identifier.name)
    const conflict = done.onConflict
    if (conflict?.updates) {
      if (entry.appendOnly) refuse('an update of rows that are only ever added')
      this.#keepsScope(conflict.updates)
    }
    const { column, value } = this.#options.scope
    if (column === undefined) return done
    // An upsert whose target leaves the scope out could rewrite somebody else's row.
    if (conflict?.updates && !conflict.columns?.some((c) => c.column.name === column))
      refuse('an upsert that does not name its scope')
    const index = done.columns?.findIndex((c) => c.column.name === column) ?? -1
    for (const row of done.values.values)
      if (index < 0 || valueAt(row, index) !== value) refuse(`a row of another scope or without ${column}`)
    return done
  }

  // Raw text could name any table; these are the fragments that Kysely itself writes.
  protected override transformRaw(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformRaw']>
  ): RawNode {
    const [text] = node.sqlFragments
    if (
      node.parameters.length > 0 ||
      node.sqlFragments.length !== 1 ||
      text === undefined ||
      !harmless.has(text)
    )
      return refuse('raw SQL')
    return super.transformRaw(node, queryId)
  }

  #allowed(table: TableNode): StoreMap[string] {
    const name = table.table.identifier.name
    const entry = Object.hasOwn(this.#options.map, name) ? this.#options.map[name] : undefined
    if (!entry || table.table.schema) return refuse(`the table ${name}`)
    if (!entry.purposes[this.#options.purpose]) throw new AppError('policy.purpose') // pp.2.3.5
    const { column } = this.#options.scope
    if (column !== undefined && !Object.hasOwn(entry.columns, column))
      return refuse(`the table ${name}, which has no ${column}`)
    return entry
  }

  /** Where not every column may be read, a query names each one of one table, as itself. */
  #shown({ from, joins, selections }: SelectQueryNode): void {
    const { shows } = this.#options
    if (shows === undefined) return
    const [table, ...rest] = from?.froms ?? []
    if (table === undefined || !TableNode.is(table) || rest.length > 0 || joins || !selections)
      return refuse('more than named columns of one table')
    for (const { selection } of selections) {
      const column = columnName(selection)
      if (column === undefined) return refuse('columns that it does not name')
      if (!shows(table.table.identifier.name, column)) throw new AppError('policy.purpose')
    }
  }

  #mutable(source: OperationNode): void {
    if (!TableNode.is(source)) return refuse('an aliased table to write')
    if (this.#allowed(source).appendOnly) refuse('an update or delete of rows that are only ever added')
  }

  #keepsScope(updates: readonly ColumnUpdateNode[] | undefined): void {
    const { column } = this.#options.scope
    if (column !== undefined && updates?.some((update) => columnName(update.column) === column))
      refuse(`a change of ${column}`)
  }

  #predicate(source: OperationNode): OperationNode | undefined {
    const inner = AliasNode.is(source) ? source.node : source
    if (SelectQueryNode.is(inner)) return undefined
    if (!TableNode.is(inner)) return refuse('a source that is neither table nor query')
    const { path } = this.#allowed(inner)
    const { column, value } = this.#options.scope
    const name =
      AliasNode.is(source) && IdentifierNode.is(source.alias)
        ? source.alias.name
        : inner.table.identifier.name
    const at = (each: string) => ReferenceNode.create(ColumnNode.create(each), TableNode.create(name))
    const own =
      column === undefined
        ? undefined
        : BinaryOperationNode.create(at(column), OperatorNode.create('='), ValueNode.create(value))
    const hidden = path.to === 'subject' ? (this.#options.hidden?.() ?? []) : []
    if (path.to !== 'subject' || hidden.length === 0) return own
    const shown = BinaryOperationNode.create(
      at(path.column),
      OperatorNode.create('not in'),
      PrimitiveValueListNode.create(hidden),
    )
    return own === undefined ? shown : AndNode.create(own, shown)
  }

  #restrictJoin(join: JoinNode): JoinNode {
    const own = this.#predicate(join.table)
    if (!own) return join
    if (join.joinType !== 'InnerJoin' && join.joinType !== 'LeftJoin')
      return refuse('a join that is neither inner nor left')
    return { ...join, on: OnNode.create(join.on ? AndNode.create(own, ParensNode.create(join.on.on)) : own) }
  }

  #where(where: WhereNode | undefined, own: readonly OperationNode[]): { readonly where?: WhereNode } {
    const [first, ...rest] = own
    if (!first) return where ? { where } : {}
    const all = rest.reduce((left, right) => AndNode.create(left, right), first)
    return { where: WhereNode.create(where ? AndNode.create(all, ParensNode.create(where.where)) : all) }
  }
}

function valueAt(row: ValueListNode | PrimitiveValueListNode, index: number): unknown {
  const cell = row.values[index]
  if (PrimitiveValueListNode.is(row)) return cell
  return ValueNode.is(cell as OperationNode) ? (cell as ValueNode).value : undefined
}
