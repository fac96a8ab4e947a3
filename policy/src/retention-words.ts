import type { Locale, Retention } from '@eaves/model'

const units = {
  Y: { en: ['year', 'years'], 'zh-Hans': '年' },
  M: { en: ['month', 'months'], 'zh-Hans': '个月' },
  W: { en: ['week', 'weeks'], 'zh-Hans': '周' },
  D: { en: ['day', 'days'], 'zh-Hans': '天' },
} as const
const clockUnits = {
  H: { en: ['hour', 'hours'], 'zh-Hans': '小时' },
  M: { en: ['minute', 'minutes'], 'zh-Hans': '分钟' },
  S: { en: ['second', 'seconds'], 'zh-Hans': '秒' },
} as const

const starts: Record<Retention['after'], Record<Locale, string>> = {
  'account.closed': { en: 'the account is closed', 'zh-Hans': '账号注销' },
  'home.closed': { en: 'the home is deleted', 'zh-Hans': '家被删除' },
  'device.removed': { en: 'the device is removed', 'zh-Hans': '设备被移除' },
  'row.expired': { en: 'it expires', 'zh-Hans': '到期' },
  'row.created': { en: 'it is recorded', 'zh-Hans': '记录产生' },
  'row.ended': { en: 'it ends', 'zh-Hans': '其结束' },
  'sign-in.ended': { en: 'the sign-in ends', 'zh-Hans': '该次登录失效' },
  'purpose.withdrawn': { en: 'you withdraw your choice', 'zh-Hans': '您撤回选择' },
}
const ends: Record<Retention['then'], Record<Locale, string>> = {
  delete: { en: 'deleted', 'zh-Hans': '删除' },
  shred: { en: 'made unreadable for good and deleted', 'zh-Hans': '销毁密钥并删除' },
  truncate: { en: 'shortened', 'zh-Hans': '截短' },
}

interface Amount {
  readonly n: number
  readonly en: readonly [string, string]
  readonly 'zh-Hans': string
}

function amounts(duration: string): Amount[] {
  const match =
    /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
      duration,
    )
  if (match === null) throw new Error(`"${duration}" is not an ISO 8601 duration of whole numbers.`)
  const order = [units.Y, units.M, units.W, units.D, clockUnits.H, clockUnits.M, clockUnits.S]
  return order.map((unit, index) => ({ n: Number(match[index + 1] ?? 0), ...unit })).filter(({ n }) => n > 0)
}

/** Says an ISO 8601 duration in words; an empty text for no time at all. */
export function durationWords(duration: string, locale: Locale): string {
  const parts = amounts(duration)
  if (locale === 'zh-Hans') return parts.map(({ n, 'zh-Hans': unit }) => `${n} ${unit}`).join('')
  return parts.map(({ n, en }) => `${n} ${en[n === 1 ? 0 : 1]}`).join(' ')
}

/** Says a retention rule in words, for the documents and for the notice beside an input field. // pp.ret.1 */
export function retentionWords({ after, keep, then }: Retention, locale: Locale): string {
  const span = durationWords(keep, locale)
  const start = starts[after][locale]
  const end = ends[then][locale]
  if (locale === 'zh-Hans') return span === '' ? `${start}后立即${end}` : `${start}满 ${span}后${end}`
  return span === '' ? `Until ${start}, then ${end}` : `Until ${span} after ${start}, then ${end}`
}
