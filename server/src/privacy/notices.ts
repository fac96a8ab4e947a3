import type { Locale, PersonalField, Purpose, Retention } from '@eaves/model'
import type { Gate } from '@eaves/model/api'
import {
  categoryLabels,
  optionalPurposes,
  purposes,
  recipientLabels,
  retentionWords,
  tableWords,
} from '@eaves/policy'
import { mapRows, type MapRow } from '../store/schema.ts'
import { sha256 } from './catalogue.ts'

/** What is told beside the fields of signing up and above one's own activity, and the column that each one fills. */
const fields = {
  email: 'account.email',
  phone: 'account.phone',
  password: 'account.password',
  device: 'session.label',
  activity: 'activity_log.area',
  'activity-address': 'activity_log.address',
} as const

/** The fields of the page about a home. // pp.4.1 */
const homeFields = {
  floorAreaM2: 'home_about.floor_area',
  familyStatus: 'home_about.family_status',
  address: 'home_about.address',
} as const

/** The data map words each refusal once, in English; a consequence without a translation cannot be shown, so it cannot be asked for either. */
const inChinese: Readonly<Record<string, string>> = {
  'sign up by phone number instead; without either there is no account':
    '可以改用手机号码注册；两者都没有则无法建立账号',
  'sign up by e-mail address instead; without either there is no account':
    '可以改用邮箱地址注册；两者都没有则无法建立账号',
  'sign in with a code instead': '可以改用验证码登录',
  'the list of sign-ins shows no make and model': '登录记录中不显示品牌和型号',
  'no sign-in, for every request comes from some address': '无法登录，因为任何请求都来自某个网络地址',
  'the page about the home shows no floor area': '“关于这个家”页面上不显示面积',
  'the page about the home shows no family status': '“关于这个家”页面上不显示家庭状况',
  'the page about the home shows no address': '“关于这个家”页面上不显示住址',
}
const joint: Readonly<Record<Locale, (need: string, refusal: string) => string>> = {
  en: (need, refusal) => `${need}. If not: ${refusal}.`,
  'zh-Hans': (need, refusal) => `${need}。如不提供：${refusal}。`,
}

/** Optional purposes and the notices beside the fields, all from the registry of purposes and the data map. // pp.lb.3 */
export function switches(locale: Locale): Gate['purposes'] {
  return optionalPurposes.map((purpose) => {
    const uses = fieldsFor(purpose)
    return {
      purpose,
      ...purposes[purpose].texts[locale],
      clauses: [...purposes[purpose].clauses],
      keptFor: distinct(
        [...uses.map((field) => field.retention), ...rowsOnlyFor(purpose)].map((each) =>
          retentionWords(each, locale),
        ),
      ).join(tableWords.join[locale]),
      recipients: distinct(uses.flatMap((field) => recipientsOf(field, locale))),
    }
  })
}

export function notices(locale: Locale): Gate['notices'] {
  return noticesOf(fields, locale)
}

export function homeNotices(locale: Locale): Gate['notices'] {
  return noticesOf(homeFields, locale)
}

function noticesOf(beside: Readonly<Record<string, string>>, locale: Locale): Gate['notices'] {
  return Object.entries(beside).map(([field, place]) => noticeOf(field, personalAt(place), locale))
}

function noticeOf(field: string, from: PersonalField, locale: Locale): Gate['notices'][number] {
  const { required, ifRefused } = from.mandatory
  const refusal = locale === 'en' ? ifRefused : inChinese[ifRefused]
  if (refusal === undefined)
    throw new Error(`What follows from leaving out "${field}" has no words in ${locale}.`)
  return {
    field,
    category: categoryLabels[from.category][locale],
    mandatory: joint[locale](required ? tableWords.needed[locale] : tableWords.optional[locale], refusal), // pp.lb.3
    why: (Object.keys(from.purposes) as Purpose[])
      .map((purpose) => purposes[purpose].texts[locale].why)
      .join(locale === 'en' ? ' ' : ''),
    keptFor: retentionWords(from.retention, locale),
    recipients: recipientsOf(from, locale),
  }
}

function recipientsOf({ recipients }: PersonalField, locale: Locale): string[] {
  return recipients.map((recipient) => recipientLabels[recipient][locale])
}

/** The hash of the words a person saw beside a switch, kept with their choice. */
export function noticeHash(purpose: Purpose, locale: Locale): string {
  return sha256(
    JSON.stringify([
      'eaves-notice',
      1,
      purpose,
      locale,
      switches(locale).find((each) => each.purpose === purpose),
    ]),
  )
}

function personalAt(place: string): PersonalField {
  const row = mapRows().find(({ table, column }) => `${table}.${column}` === place)
  if (row?.field.class !== 'personal') throw new Error(`The data map has no personal column ${place}.`)
  return row.field
}

function fieldsFor(purpose: Purpose): PersonalField[] {
  return mapRows().flatMap(({ field }) =>
    field.class === 'personal' && field.purposes[purpose] !== undefined ? [field] : [],
  )
}

/** How long the rows of tables last that are for this purpose alone. */
function rowsOnlyFor(purpose: Purpose): Retention[] {
  return mapRows().flatMap(({ entry }) =>
    Object.keys(entry.purposes).join() === purpose && 'after' in entry.retention ? [entry.retention] : [],
  )
}

/** Sealed columns that live only as long as the choice for this purpose does. // pp.4.4.e */
export function heldOnlyFor(purpose: Purpose): readonly MapRow[] {
  return mapRows().filter(
    ({ field }) =>
      field.class === 'personal' &&
      field.retention.after === 'purpose.withdrawn' &&
      Object.keys(field.purposes).join() === purpose,
  )
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)]
