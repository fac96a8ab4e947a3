import {
  AppError,
  mostCorrections,
  newId,
  type CorrectionId,
  type HomeId,
  type MeterId,
  type SubjectId,
} from '@eaves/model'
import type { CorrectionCreate, CorrectionView } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { Homes } from '../homes/homes.ts'
import type { Correction } from './corrected.ts'
import {
  addCorrection,
  loadCorrections,
  loadMeters,
  type CorrectionRecord,
  type FactsDb,
  type MeterRecord,
} from './store.ts'

const hourMs = 3_600_000
const longestMs = 62 * 24 * hourMs
/** As far back anything is kept of a meter. */
const farthestMs = 3_651 * 24 * hourMs

export interface CorrectionsDeps {
  readonly facts: FactsDb
  readonly homes: Pick<Homes, 'home'>
  readonly now: () => number
  /** What a meter counted over a span, nothing corrected; null where nothing is known. */
  readonly counted: (
    home: HomeId,
    subject: SubjectId,
    meter: MeterRecord,
    span: { readonly from: number; readonly to: number },
  ) => Promise<number | null>
}

/** The layer over what meters counted: nothing below it is ever changed, and nothing in it either. */
export class Corrections {
  readonly #deps: CorrectionsDeps

  constructor(deps: CorrectionsDeps) {
    this.#deps = deps
  }

  async list(home: HomeId, id: MeterId): Promise<CorrectionView[]> {
    await this.#meter(home, id)
    const all = await loadCorrections(this.#deps.facts, home, id)
    return all.filter(({ takesBack }) => takesBack === null).map((each) => viewOf(each, all))
  }

  async add(home: HomeId, by: SubjectId, id: MeterId, wish: CorrectionCreate): Promise<CorrectionView> {
    const { facts, now, counted } = this.#deps
    const meter = await this.#meter(home, id)
    const span = spanOf(wish, now())
    const all = await loadCorrections(facts, home, id)
    if (all.length >= mostCorrections)
      throw new AppError('input.conflict', { detail: `A meter has at most ${mostCorrections} corrections.` })
    const made: CorrectionRecord = {
      id: newId<CorrectionId>(),
      meter: id,
      at: now(),
      author: by,
      takesBack: null,
      content: {
        from: isoInstant(span.from),
        to: isoInstant(span.to),
        amount: wish.amount,
        counted: await counted(home, by, meter, span),
        why: wish.why,
      },
    }
    await addCorrection(facts, home, by, made)
    return viewOf(made, [made])
  }

  /** What was counted holds again; that it was once corrected stays to be seen. */
  async takeBack(
    home: HomeId,
    by: SubjectId,
    { meter, correction }: { readonly meter: MeterId; readonly correction: CorrectionId },
    why: string,
  ): Promise<CorrectionView> {
    const { facts, now } = this.#deps
    await this.#meter(home, meter)
    const all = await loadCorrections(facts, home, meter)
    const taken = all.find(({ id, takesBack }) => id === correction && takesBack === null)
    if (taken === undefined) throw new AppError('auth.not-found')
    if (all.some(({ takesBack }) => takesBack === correction))
      throw new AppError('input.conflict', { detail: 'This correction has been taken back already.' })
    const made: CorrectionRecord = {
      id: newId<CorrectionId>(),
      ...{ meter, at: now(), author: by, takesBack: correction },
      content: { ...taken.content, why },
    }
    await addCorrection(facts, home, by, made)
    return viewOf(taken, [...all, made])
  }

  async #meter(home: HomeId, id: MeterId): Promise<MeterRecord> {
    this.#deps.homes.home(home)
    const meter = (await loadMeters(this.#deps.facts, home)).find((each) => each.id === id)
    if (meter === undefined) throw new AppError('auth.not-found')
    return meter
  }
}

/** What holds of what was said, by meter, the oldest first. */
export async function correctionsOf(
  facts: FactsDb,
  home: HomeId,
): Promise<ReadonlyMap<MeterId, readonly Correction[]>> {
  const all = await loadCorrections(facts, home)
  const gone = new Set(all.map(({ takesBack }) => takesBack))
  const held = all.filter(({ id, takesBack }) => takesBack === null && !gone.has(id))
  const byMeter = Map.groupBy(held.toReversed(), ({ meter }) => meter)
  return new Map(
    [...byMeter].map(([meter, each]) => [
      meter,
      each.map(({ content: { from, to, amount, counted } }) => ({
        ...{ from: Date.parse(from), to: Date.parse(to), amount, counted },
      })),
    ]),
  )
}

function spanOf({ from, to }: CorrectionCreate, now: number): { readonly from: number; readonly to: number } {
  const span = { from: Date.parse(from), to: Date.parse(to) }
  const refuse = (path: string, code: string): never => {
    throw new AppError('input.invalid', { errors: [{ path, code }] })
  }
  for (const [path, ms] of Object.entries(span)) if (ms % hourMs !== 0) refuse(path, 'not-a-whole-hour')
  if (span.to <= span.from) refuse('to', 'before-from')
  if (span.to - span.from > longestMs) refuse('to', 'too-long')
  if (span.to > now) refuse('to', 'in-future')
  if (span.from < now - farthestMs) refuse('from', 'too-old')
  return span
}

function viewOf(correction: CorrectionRecord, all: readonly CorrectionRecord[]): CorrectionView {
  const { id, at, author, content } = correction
  const taking = all.find(({ takesBack }) => takesBack === id)
  return {
    ...{ id, ...content, at: isoInstant(at), by: author },
    ...(taking === undefined
      ? {}
      : { takenBack: { at: isoInstant(taking.at), by: taking.author, why: taking.content.why } }),
  }
}
