import { t } from '@lingui/core/macro'
import type { HomeRole } from '@eaves/model'
import type { ReachDraft, ReachRow } from '../../screens/members/reach-model.ts'
import { list } from '../time.ts'
import { kindName } from './members.ts'

/** What the sentence has to know of the home; names are set apart so that no script turns the words around them. */
export interface Named {
  readonly rooms: readonly { readonly id: string; readonly name: string }[]
  readonly devices: readonly { readonly id: string; readonly name: string }[]
  /** Devices that are more than comfort: for a child or guest each is named or closed. */
  readonly dangerous: ReadonlySet<string>
}
export interface ReachOf {
  readonly role: HomeRole
  readonly draft: ReachDraft
}
const mostNamed = 4
const longestName = 40
/** Letters that run from right to left, and signs that turn what stands beside them. */
const turning =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/**
 * A name inside a sentence: its own direction, and no longer than reads well. One that turns nothing stands there
 * plainly: Chinese keeps its gap beside Latin letters only where no sign lies between them.
 */
export const isolated = (name: string): string => {
  const signs = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name)].map(
    ({ segment }) => segment,
  )
  const short = signs.length > longestName ? `${signs.slice(0, longestName).join('')}…` : name
  return turning.test(short) ? `\u2068${short}\u2069` : short
}

export function targetName({ on }: Pick<ReachRow, 'on'>, { rooms, devices }: Named): string {
  if ('kind' in on) return kindName(on.kind)
  const found =
    'room' in on ? rooms.find(({ id }) => id === on.room) : devices.find(({ id }) => id === on.device)
  return found === undefined
    ? 'room' in on
      ? t`a room that is gone`
      : t`a device that is gone`
    : isolated(found.name)
}
function names(rows: readonly ReachRow[], named: Named): string {
  const all = rows.map((row) => targetName(row, named))
  const more = all.length - mostNamed
  return list(more > 1 ? [...all.slice(0, mostNamed), t`${more} more`] : all)
}

/** Whether somebody of this role gets what is dangerous only where it is named. */
export const isGuarded = (role: HomeRole): boolean => role === 'child' || role === 'guest' || role === 'kiosk'

/** In one or two sentences what somebody can do with the devices of the home. */
export function reachInWords({ role, draft }: ReachOf, named: Named): string {
  if (role === 'owner') return t`Can do everything, and hand the home over.`
  if (role === 'admin') return t`Can do everything but give the home away or delete it.`
  const guarded = isGuarded(role)
  const isLift = ({ on, level }: ReachRow): boolean =>
    'device' in on && level === 'use' && named.dangerous.has(on.device)
  const lifts = draft.rows.filter(isLift)
  const rows = draft.rows.filter((row) => !guarded || !isLift(row))
  const sentence = mainSentence({ ...draft, rows }, named)
  if (!guarded) return sentence
  if (lifts.length > 0) {
    const lifted = names(lifts, named)
    return t`${sentence} Of locks, alarms and other dangerous things: ${lifted}.`
  }
  return draft.base === 'listed' && rows.every(({ level }) => level === 'none')
    ? sentence
    : t`${sentence} No locks, alarms or other dangerous things.`
}

function mainSentence(draft: ReachDraft, named: Named): string {
  const of = (level: ReachRow['level']): string | undefined => {
    const rows = draft.rows.filter((row) => row.level === level)
    return rows.length === 0 ? undefined : names(rows, named)
  }
  const [use, look, none] = [of('use'), of('look'), of('none')]
  if (draft.base === 'all') {
    if (look !== undefined && none !== undefined)
      return t`May use everything; may only look at ${look}, and not see ${none}.`
    if (look !== undefined) return t`May use everything; may only look at ${look}.`
    return none === undefined ? t`May use everything.` : t`May use everything except ${none}.`
  }
  if (draft.base === 'look') {
    const main = use === undefined ? t`May look at everything.` : t`May look at everything and use ${use}.`
    return none === undefined ? main : t`${main} May not see ${none}.`
  }
  if (use === undefined && look === undefined) return t`Reaches nothing yet.`
  const main = listedSentence(use, look)
  return none === undefined ? main : t`${main} May not see ${none}.`
}
function listedSentence(use: string | undefined, look: string | undefined): string {
  const seen = look ?? ''
  if (use === undefined) return t`May look at ${seen}, nothing else.`
  return look === undefined
    ? t`May use ${use}, nothing else.`
    : t`May use ${use} and look at ${seen}, nothing else.`
}
