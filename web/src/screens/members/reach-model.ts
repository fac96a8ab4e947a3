import type { DeviceView, Hours, MemberLimits, ReachAct, ReachRule, ReachTarget } from '@eaves/model'
import { reaches, type DeviceFacts } from '@eaves/policy'

export type Level = 'none' | 'look' | 'use'
/** `all`: may use everything. `look`: may look at everything. `listed`: nothing but what is listed. */
export type Base = 'all' | 'look' | 'listed'
export type RowTarget = Exclude<ReachTarget, { readonly home: true }>
/** What somebody gets of one room, kind or device; where two rows meet, the stricter counts. */
export interface ReachRow {
  readonly on: RowTarget
  readonly level: Level
  readonly history: boolean
  readonly pictures: boolean
}
/** Limits as a person edits them. */
export interface ReachDraft {
  readonly base: Base
  readonly history: boolean
  readonly pictures: boolean
  readonly rows: readonly ReachRow[]
}
export const everything: ReachDraft = { base: 'all', history: true, pictures: true, rows: [] }
export const nothing: ReachDraft = { base: 'listed', history: false, pictures: false, rows: [] }

const acts: readonly ReachAct[] = ['see', 'control', 'history', 'pictures']
const rank: Readonly<Record<Level, number>> = { none: 0, look: 1, use: 2 }
export const stricter = (a: Level, b: Level): Level => (rank[a] < rank[b] ? a : b)
export const keyOf = (on: ReachTarget): string =>
  'device' in on
    ? `device:${on.device}`
    : 'room' in on
      ? `room:${on.room}`
      : 'kind' in on
        ? `kind:${on.kind}`
        : 'home'
export const rowOn = (draft: ReachDraft, on: ReachTarget): ReachRow | undefined =>
  draft.rows.find((row) => keyOf(row.on) === keyOf(on))

/** The draft with this row put in, replaced or, without a level, taken out. */
export function withRow(draft: ReachDraft, on: RowTarget, change: Partial<ReachRow> | undefined): ReachDraft {
  const others = draft.rows.filter((row) => keyOf(row.on) !== keyOf(on))
  if (change === undefined) return { ...draft, rows: others }
  const before = rowOn(draft, on) ?? {
    on,
    level: 'use',
    history: draft.base !== 'listed' && draft.history,
    pictures: draft.base !== 'listed' && draft.pictures,
  }
  const row = { ...before, ...change }
  return {
    ...draft,
    rows: rowOn(draft, on)
      ? draft.rows.map((each) => (keyOf(each.on) === keyOf(on) ? row : each))
      : [...others, row],
  }
}

function allowedBy(row: ReachRow): ReachAct[] {
  if (row.level === 'none') return []
  return acts.filter(
    (act) =>
      act === 'see' ||
      (act === 'control' ? row.level === 'use' : row[act === 'history' ? 'history' : 'pictures']),
  )
}
function allowedByBase({ base, history, pictures }: ReachDraft): ReachAct[] {
  if (base === 'listed') return []
  return acts.filter(
    (act) => act === 'see' || (act === 'control' ? base === 'all' : act === 'history' ? history : pictures),
  )
}

/** The rules that say what the rows say; a deny only where something else would allow. */
function rulesOf(draft: ReachDraft, row: ReachRow): ReachRule[] {
  const own = allowedBy(row)
  const elsewhere = new Set([
    ...allowedByBase(draft),
    ...draft.rows.filter((other) => other !== row).flatMap(allowedBy),
  ])
  const allow =
    draft.base === 'all'
      ? 'device' in row.on
        ? own.filter((act) => act === 'see' || act === 'control')
        : []
      : own
  const deny =
    row.level === 'none' && elsewhere.size > 0
      ? acts
      : acts.filter((act) => !own.includes(act) && elsewhere.has(act))
  const rules: ReachRule[] = []
  if (allow.length > 0) rules.push({ effect: 'allow', on: row.on, acts: allow })
  if (deny.length > 0) rules.push({ effect: 'deny', on: row.on, acts: deny })
  return rules
}

/** What the API takes; undefined when nothing is narrowed. */
export function limitsOf(draft: ReachDraft, hours: readonly Hours[]): MemberLimits | undefined {
  const rules = draft.rows.flatMap((row) => rulesOf(draft, row))
  const base = allowedByBase(draft)
  if (draft.base === 'look') rules.unshift({ effect: 'allow', on: { home: true }, acts: base })
  const missing = (['history', 'pictures'] as const).filter((act) => draft.base === 'all' && !draft[act])
  if (missing.length > 0) rules.unshift({ effect: 'deny', on: { home: true }, acts: missing })
  if (draft.base === 'all' && rules.length === 0 && hours.length === 0) return undefined
  return { reach: draft.base === 'all' ? 'all' : 'listed', rules, hours }
}

interface Said {
  readonly on: ReachTarget
  readonly allow: Set<ReachAct>
  readonly deny: Set<ReachAct>
}
function gathered(rules: readonly ReachRule[]): Said[] {
  const found = new Map<string, Said>()
  for (const { effect, on, acts: named } of rules) {
    const said = found.get(keyOf(on)) ?? { on, allow: new Set(), deny: new Set() }
    found.set(keyOf(on), said)
    named.forEach((act) => said[effect].add(act))
  }
  return [...found.values()]
}

/** The limits of the API as a person edits them. */
export function draftOf(limits: Pick<MemberLimits, 'reach' | 'rules'> | undefined): ReachDraft {
  if (limits === undefined) return everything
  const said = gathered(limits.rules)
  const home = said.find(({ on }) => 'home' in on)
  const base: Base = limits.reach === 'all' ? 'all' : home?.allow.has('see') ? 'look' : 'listed'
  const has = (act: 'history' | 'pictures'): boolean =>
    base === 'all' ? home?.deny.has(act) !== true : base === 'look' && home?.allow.has(act) === true
  const general = { base, history: has('history'), pictures: has('pictures') }
  return {
    ...general,
    rows: said.flatMap((each) => ('home' in each.on ? [] : rowFrom(each, each.on, general))),
  }
}

function rowFrom({ allow, deny }: Said, on: RowTarget, general: Omit<ReachDraft, 'rows'>): ReachRow {
  const listed = general.base === 'listed'
  const isSeen = !deny.has('see') && (!listed || allow.has('see'))
  const isUsed = !deny.has('control') && (general.base === 'all' || allow.has('control'))
  const has = (act: 'history' | 'pictures'): boolean =>
    !deny.has(act) && (allow.has(act) || (!listed && general[act]))
  return {
    on,
    level: !isSeen ? 'none' : isUsed ? 'use' : 'look',
    history: isSeen && has('history'),
    pictures: isSeen && has('pictures'),
  }
}

/** Whether the page can show these limits as they are: programs can make finer ones. */
export function isPlain(
  limits: Pick<MemberLimits, 'reach' | 'rules'>,
  devices: readonly Pick<DeviceView, 'id' | 'room' | 'kind'>[],
): boolean {
  const shown = limitsOf(draftOf(limits), []) ?? { reach: 'all', rules: [] }
  return devices.every((device) =>
    acts.every(
      (act) =>
        reaches({ isClosed: false, ...limits }, device as DeviceFacts, act) ===
        reaches({ isClosed: false, ...shown }, device as DeviceFacts, act),
    ),
  )
}
