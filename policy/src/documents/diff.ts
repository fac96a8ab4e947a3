import type { ClauseId } from '../clauses.ts'
import type { Block, PolicyDocument, Section, SectionId } from './ast.ts'

/** A block that one of two versions has and the other has not; of a table only the rows that differ. */
export interface BlockChange {
  readonly change: 'added' | 'removed'
  readonly block: Block
}
/** What two versions of a document say differently in one section, and which clauses stand there. // pp.7.1 */
export interface SectionChange {
  readonly id: SectionId
  readonly heading: string
  readonly clauses: readonly ClauseId[]
  readonly blocks: readonly BlockChange[]
}

/** Section by section, in the order of the newer text; what only the older one had comes last. // pp.7.2 */
export function documentChanges(before: PolicyDocument, after: PolicyDocument): readonly SectionChange[] {
  const gone = before.sections.filter(({ id }) => after.sections.every((each) => each.id !== id))
  return [
    ...after.sections.map((section) =>
      sectionChange(
        before.sections.find(({ id }) => id === section.id),
        section,
      ),
    ),
    ...gone.map((section) => sectionChange(section, { ...section, blocks: [] })),
  ].filter(({ blocks }) => blocks.length > 0)
}

function sectionChange(before: Section | undefined, after: Section): SectionChange {
  const clauses = [...new Set([...after.clauses, ...(before?.clauses ?? [])])]
  return {
    id: after.id,
    heading: after.heading,
    clauses,
    blocks: blockChanges(before?.blocks ?? [], after.blocks),
  }
}

function blockChanges(before: readonly Block[], after: readonly Block[]): BlockChange[] {
  const kept = common(before.map(text), after.map(text))
  const removed = before.filter((_, i) => !kept.before.has(i))
  const added = after.filter((_, i) => !kept.after.has(i))
  const changes: BlockChange[] = []
  for (const block of removed) {
    const rest = block.kind === 'table' ? rowsWithout(block, added) : block
    if (rest !== undefined) changes.push({ change: 'removed', block: rest })
  }
  for (const block of added) {
    const rest = block.kind === 'table' ? rowsWithout(block, removed) : block
    if (rest !== undefined) changes.push({ change: 'added', block: rest })
  }
  return changes
}

type Table = Extract<Block, { kind: 'table' }>
/** The rows of a table that the table with the same head on the other side has not. */
function rowsWithout(table: Table, others: readonly Block[]): Table | undefined {
  const other = others.find(
    (each): each is Table => each.kind === 'table' && each.head.join('\n') === table.head.join('\n'),
  )
  if (other === undefined) return table
  const known = new Set(other.rows.map((row) => JSON.stringify(row)))
  const rows = table.rows.filter((row) => !known.has(JSON.stringify(row)))
  return rows.length === 0 ? undefined : { ...table, rows }
}

/** What a block says; which promises it makes is shown to nobody and is no difference. */
const text = ({ keeps: _keeps, later: _later, ...said }: Block): string => JSON.stringify(said)

/** The places of the longest run of equal entries that two lists have in one order. */
function common(a: readonly string[], b: readonly string[]) {
  const longest = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] =
        a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!)
  const before = new Set<number>()
  const after = new Set<number>()
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      before.add(i++)
      after.add(j++)
    } else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i++
    else j++
  }
  return { before, after }
}
