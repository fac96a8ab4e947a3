import { idOf, type HistoryOf } from '../../data/history-id.ts'
import { kinds, type SpanKind } from './span.ts'

/** What the address of the page says: which values, which span, and whether beside the one before. */
export interface Asked {
  readonly values: readonly HistoryOf[]
  readonly kind: SpanKind
  readonly date: string | undefined
  readonly compare: boolean
}
/** More charts than this are no comparison any more. */
export const mostValues = 6

export function ofId(id: string): HistoryOf | undefined {
  const [device, part, capability, attribute, ...more] = id.split('/')
  if (!device || !part || !capability || !attribute || more.length > 0) return undefined
  try {
    return {
      device: decodeURIComponent(device),
      part: decodeURIComponent(part),
      capability: decodeURIComponent(capability),
      attribute: decodeURIComponent(attribute),
    }
  } catch {
    return undefined
  }
}

export function askedBy(search: Readonly<Record<string, unknown>>): Asked {
  const text = (name: string): string | undefined => {
    const value = search[name]
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
  }
  const ids = new Set((text('v') ?? '').split(',').filter((each) => each !== ''))
  return {
    values: [...ids].flatMap((id) => ofId(id) ?? []).slice(0, mostValues),
    kind: kinds.find((kind) => kind === text('span')) ?? 'day',
    date: text('at'),
    compare: search.compare !== undefined && search.compare !== 'no',
  }
}
export function addressOf({ values, kind, date, compare }: Asked): Record<string, string> {
  return {
    v: values.map(idOf).join(','),
    span: kind,
    ...(date === undefined ? {} : { at: date }),
    ...(compare ? { compare: 'before' } : {}),
  }
}
