import type { AutomationId } from '@eaves/model'
import { checkHome } from '../check.ts'
import { homeOf, nameOf, type WrittenHome } from './read.ts'

export interface Figure {
  found: number
  missed: number
  wrong: number
}
export interface Measured {
  readonly homes: number
  readonly faults: number
  readonly byCode: ReadonlyMap<string, Figure>
  readonly all: Figure
  /** What was missed and what was found where there is nothing, for whoever has to mend it. */
  readonly differences: readonly string[]
}
export const precisionOf = ({ found, wrong }: Figure): number =>
  found + wrong === 0 ? 1 : found / (found + wrong)
export const recallOf = ({ found, missed }: Figure): number =>
  found + missed === 0 ? 1 : found / (found + missed)

/** Holds what is found against what was expected: the same code at the same place of the same automation. */
export function measure(homes: readonly WrittenHome[]): Measured {
  const byCode = new Map<string, Figure>()
  const all: Figure = { found: 0, missed: 0, wrong: 0 }
  const differences: string[] = []
  const count = (home: string, finding: string, kind: keyof Figure): void => {
    const code = finding.split(' ')[1]!
    const figure = byCode.get(code) ?? { found: 0, missed: 0, wrong: 0 }
    byCode.set(code, figure)
    figure[kind]++
    all[kind]++
    if (kind !== 'found') differences.push(`${kind}: ${home}: ${finding}`)
  }
  for (const home of homes) {
    const expected = new Set(
      Object.entries(home.expect).flatMap(([name, each]) => each.map((finding) => `${name} ${finding}`)),
    )
    const found = foundIn(home)
    for (const each of expected) count(home.name, each, found.has(each) ? 'found' : 'missed')
    for (const each of found) if (!expected.has(each)) count(home.name, each, 'wrong')
  }
  return { homes: homes.length, faults: all.found + all.missed, byCode, all, differences }
}

function foundIn(home: WrittenHome): Set<string> {
  const found = [...checkHome(homeOf(home))] as readonly (readonly [
    AutomationId,
    readonly { readonly code: string; readonly at: string }[],
  ])[]
  return new Set(
    found.flatMap(([id, findings]) => findings.map(({ code, at }) => `${nameOf(id)} ${code} ${at}`)),
  )
}

export function linesOf(name: string, { homes, faults, byCode, all }: Measured): string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  const line = (code: string, figure: Figure): string =>
    `${code}: precision ${percent(precisionOf(figure))}, recall ${percent(recallOf(figure))} (${figure.found} found, ${figure.missed} missed, ${figure.wrong} wrong)`
  return [
    `${name}: ${homes} homes, ${faults} faults`,
    ...[...byCode].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([code, figure]) => line(code, figure)),
    line('all', all),
  ]
}
