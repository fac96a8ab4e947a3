import { purposes as purposeIds, type Category, type Locale, type Purpose, type Region } from '@eaves/model'
import { purposes } from './purposes.ts'

/** The purposes for which something leaves, each by a consent that names the recipient. */
export type SharingPurpose = Extract<Purpose, `sharing.${string}`>
export const sharingPurposes: readonly SharingPurpose[] = Object.freeze(
  purposeIds.filter((id): id is SharingPurpose => purposes[id].recipient !== undefined),
)

/** What of the source policy's three goes to a manufacturer: location, phone id, device use. // pp.3.1.3 */
export type SharedCategory = Extract<
  Category,
  'user.location.imprecise' | 'user.device.device_id' | 'device.use'
>
type Words = Readonly<Record<Locale, string>>
interface FieldEntry {
  readonly category: SharedCategory
  readonly words: Words
}

/** Everything that can be in what leaves, and nothing else can: a register that asks for more is refused by name. // pp.3.1.3 pp.3.1.4 */
export const sharedFields = {
  'sharing.manufacturer-quality': {
    regions: {
      category: 'user.location.imprecise',
      words: { en: 'the continents of your homes', 'zh-Hans': '您的家所在的大洲' },
    },
    person: {
      category: 'user.device.device_id',
      words: {
        en: 'a number that only this recipient has, and that is in no other report',
        'zh-Hans': '只有这一个接收方才有的编号，不出现在其他任何报告中',
      },
    },
    'devices.model': {
      category: 'device.use',
      words: { en: 'the models of its devices', 'zh-Hans': '其设备的型号' },
    },
    'devices.firmware': {
      category: 'device.use',
      words: { en: 'their firmware versions', 'zh-Hans': '设备的固件版本' },
    },
    'devices.count': {
      category: 'device.use',
      words: { en: 'how many of each', 'zh-Hans': '每种型号的数量' },
    },
    'devices.unreachable': {
      category: 'device.use',
      words: { en: 'how many of them cannot be reached', 'zh-Hans': '其中无法连接的数量' },
    },
    'devices.commands': {
      category: 'device.use',
      words: {
        en: 'roughly how often they were switched in a day',
        'zh-Hans': '一天中大致的操作次数',
      },
    },
  },
} as const satisfies Record<SharingPurpose, Record<string, FieldEntry>>
export type FieldName = keyof (typeof sharedFields)[SharingPurpose]

/** The switches of a purpose, one for each kind of information. */
export function sharedCategories(purpose: SharingPurpose): readonly SharedCategory[] {
  return [...new Set(Object.values(sharedFields[purpose]).map(({ category }) => category))]
}

/** By what something may go to a recipient elsewhere. */
export const safeguards = ['adequacy', 'scc', 'pipl-38'] as const
export type Safeguard = (typeof safeguards)[number]
/** Which of them the law of a person's own region knows; another region's paper protects nobody. // pp.3.1.5 */
export const safeguardsOf: Readonly<Record<Region, readonly Safeguard[]>> = {
  EU: ['adequacy', 'scc'],
  CN: ['pipl-38'],
  US: safeguards,
  other: safeguards,
}

interface SharingRule {
  /** ISO 8601 date from which it counts. */
  readonly from: string
  /** How long after a no nobody asks again by themselves. // pp.4.4.d */
  readonly noAskFor: Readonly<Record<Region, string>>
  /** A yes that old counts no longer; it can be renewed. */
  readonly yesLasts: string
  /** Without an answer for that long, a request to delete has met silence. */
  readonly silentAfter: string
}
/** Rules of asking, as data with a date. */
const dated: readonly [SharingRule, ...SharingRule[]] = [
  {
    from: '2026-01-01',
    noAskFor: { EU: 'P6M', CN: 'P6M', US: 'P12M', other: 'P12M' },
    yesLasts: 'P24M',
    silentAfter: 'P30D',
  },
]
/** The rule that counts on a day (ISO 8601). */
export function sharingRules(day: string): SharingRule {
  return dated.findLast(({ from }) => from <= day) ?? dated[0]
}

/** What a report is made of, before anything is taken away. Whatever else may hang on it is not looked at. */
export interface RawReport {
  readonly zones: readonly string[]
  readonly devices: readonly {
    readonly model: string
    readonly firmware?: string | undefined
    readonly reachable: boolean
    /** Commands of the last day. */
    readonly commands: number
  }[]
}
export interface DeviceUse {
  model?: string
  firmware?: string
  count?: number
  unreachable?: number
  commands?: 'none' | 'few' | 'some' | 'many'
}
/** What leaves: no key but these. */
export interface Projected {
  regions?: readonly string[]
  person?: string
  devices?: readonly DeviceUse[]
}

const continents = new Set([
  'Africa',
  'America',
  'Antarctica',
  'Asia',
  'Atlantic',
  'Australia',
  'Europe',
  'Indian',
  'Pacific',
])
/** Of a time zone no more than the continent or ocean. // pp.3.1.3 */
export function coarseRegion(zone: string): string | undefined {
  const [head = ''] = zone.split('/')
  return continents.has(head) ? head : undefined
}

// A model or version that could hold an address, a name or a sentence is left out; so is one that is a hardware number.
const hardware = /[0-9a-f]{12}|(?:[0-9a-f]{2}[-.:_ ]){5}[0-9a-f]{2}/i
const ofTheHouse =
  /(?<![\d.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\.\d{1,3}\.\d{1,3}(?![\d.])/
const says = (pattern: RegExp, text: string) =>
  pattern.test(text) && !hardware.test(text) && !ofTheHouse.test(text)
const modelText = /^(?=.*[A-Za-z0-9])[A-Za-z0-9 ._+/()-]{1,48}$/
const firmwareText = /^[A-Za-z0-9._+-]{1,32}$/
const rough = (commands: number) =>
  commands <= 0 ? 'none' : commands < 10 ? 'few' : commands < 100 ? 'some' : 'many'

/** Takes away everything but the fields named, each coarsened, made up for one recipient, or counted together. // pp.3.1.3 */
export function project(raw: RawReport, fields: ReadonlySet<FieldName>, person: string): Projected {
  const has = (field: FieldName) => fields.has(field)
  const regions = [...new Set(raw.zones.map(coarseRegion).filter((each) => each !== undefined))].toSorted()
  const asksOfDevices = [...fields].some((field) => field.startsWith('devices.'))
  return {
    ...(has('regions') ? { regions } : {}),
    ...(has('person') ? { person } : {}),
    ...(asksOfDevices ? { devices: uses(raw.devices, has) } : {}),
  }
}

function uses(devices: RawReport['devices'], has: (field: FieldName) => boolean): DeviceUse[] {
  const groups = new Map<string, RawReport['devices'][number][]>()
  for (const device of devices) {
    const model = has('devices.model') && says(modelText, device.model) ? device.model : undefined
    const firmware =
      has('devices.firmware') && device.firmware !== undefined && says(firmwareText, device.firmware)
        ? device.firmware
        : undefined
    const key = JSON.stringify([model, firmware])
    groups.set(key, [...(groups.get(key) ?? []), device])
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, some]) => {
      const [model, firmware] = JSON.parse(key) as [string | null, string | null]
      return {
        ...(model === null ? {} : { model }),
        ...(firmware === null ? {} : { firmware }),
        ...(has('devices.count') ? { count: some.length } : {}),
        ...(has('devices.unreachable')
          ? { unreachable: some.filter(({ reachable }) => !reachable).length }
          : {}),
        ...(has('devices.commands')
          ? { commands: rough(some.reduce((sum, { commands }) => sum + commands, 0)) }
          : {}),
      }
    })
}
