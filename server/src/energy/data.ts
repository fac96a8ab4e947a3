import {
  contract,
  type Bases,
  type ContentField,
  type CorrectionId,
  type HomeId,
  type MeterId,
  type MeterKind,
  type Retention,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { MeterSource, MeterSwap, PriceFailure, ReadingMarks, Tariff } from '@eaves/model/api'

/** What a meter reads and costs, apart from its name. */
export interface MeterContent {
  readonly kind: MeterKind
  readonly source: MeterSource
  readonly swaps: readonly MeterSwap[]
  /** Tariffs of before there were tiers have none. */
  readonly tariffs: readonly Tariff[]
  readonly co2GramsPerUnit?: number | undefined
  readonly power?: MeterSource | undefined
}
export interface EnergyMeterTable {
  home_id: HomeId
  id: MeterId
  position: number
  /** Counts its saves, so that of two editors the later one is told. */
  version: number
  name: Sealed<string>
  content: Sealed<MeterContent>
}

/** What somebody said that a meter really counted, in whole hours. */
export interface CorrectionContent {
  readonly from: string
  readonly to: string
  readonly amount: number | null
  readonly counted: number | null
  readonly why: string
}
/** Rows are added alone: one that takes another back is a row of its own. */
export interface EnergyCorrectionTable {
  home_id: HomeId
  id: CorrectionId
  meter_id: MeterId
  at: number
  /** null once they are gone. */
  author: SubjectId | null
  takes_back: CorrectionId | null
  content: Sealed<CorrectionContent>
}

/** Where the prices of a meter are read from. */
export interface PriceSourceTable {
  home_id: HomeId
  /** Of the meter. */
  id: MeterId
  address: Sealed<string>
  marks: Sealed<ReadingMarks> | null
  named_by: SubjectId
  fetched_at: number
  failing_since: number | null
  failure: PriceFailure | null
  /** When whoever named it was told that it fails, until it works again. */
  told_at: number | null
}
/** What one kWh costs by the list in each quarter of an hour of a day of UTC. */
export interface DayOfPrices {
  readonly currency: string
  /** null where the list says nothing. */
  readonly prices: readonly (number | null)[]
}
export interface EnergyPriceTable {
  home_id: HomeId
  id: string
  meter_id: MeterId
  /** Its begin, epoch ms. */
  day: number
  content: Sealed<DayOfPrices>
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const homeLife: Retention = { after: 'home.closed', keep: 'P0D', then: 'shred' }
const category = 'device.settings'
const linked = { class: 'linked', category, clauses: ['pp.2.2.1', 'pp.2.3.1'] } as const
const written: ContentField = {
  class: 'content',
  category,
  seal: 'home',
  purposes: { 'service.core': core },
  mandatory: { required: false, ifRefused: 'nothing is said of the energy of the home' },
  retention: homeLife,
  recipients: [],
  export: ['access', 'portability'],
  clauses: ['pp.2.2.1', 'pp.2.3.1'],
}

/** Meters are optional: a home without any works. What they counted is worked out of the history and kept nowhere else. // pp.2.2.1 */
export const energyMeter: TableMap<EnergyMeterTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  seen: { by: 'energy.read' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    position: linked,
    version: linked,
    name: written,
    content: {
      ...written,
      leaves: {
        kind: { category },
        'source.*': { category },
        'swaps.*.*': { category },
        co2GramsPerUnit: { category },
        'power.*': { category },
        'tariffs.**': { category, note: 'prices and the hours in which they hold' },
      },
    },
  },
}

// Of whoever wrote it, as long as they are there; the others of the home read it where its energy is read.
export const energyCorrection: TableMap<EnergyCorrectionTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    meter_id: { class: 'reference', to: 'row' },
    at: linked,
    author: { class: 'reference', to: 'subject', erased: 'cleared' },
    takes_back: { class: 'reference', to: 'row' },
    content: {
      ...written,
      leaves: {
        from: { category },
        to: { category },
        amount: { category },
        counted: { category },
        why: { category, note: 'words of the person who corrected' },
      },
    },
  },
}

// An address may hold a secret of whoever named it: it is theirs, and goes when they do. // pp.2.2.1 pp.5.1
export const priceSource: TableMap<PriceSourceTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    address: written,
    marks: { ...written, leaves: { etag: { category }, lastModified: { category } } },
    named_by: { class: 'reference', to: 'subject', erased: 'row' },
    fetched_at: linked,
    failing_since: linked,
    failure: linked,
    told_at: linked,
  },
}

// Removing the meter removes its prices; those of before hours are kept go by themselves. // pp.2.2.1
export const energyPrice: TableMap<EnergyPriceTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  seen: { by: 'energy.read' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    meter_id: { class: 'reference', to: 'row' },
    day: linked,
    content: {
      ...written,
      leaves: {
        currency: { category },
        'prices.*': { category, note: 'what one kWh costs in a quarter of an hour' },
      },
    },
  },
}
