import type { Locale, Purpose, Region, Retention } from '@eaves/model'
import type { HeldField } from '@eaves/model/api'
import {
  categoryLabels,
  fieldWords,
  purposes,
  recipientLabels,
  retentionWords,
  sourceLabels,
  sourceOf,
} from '@eaves/policy'
import type { MapRow } from '../store/schema.ts'

/** What a column is called when it is shown to the person it is about. */
const nameOf = (column: string, category: HeldField['category'], locale: Locale): string =>
  fieldWords[column]?.[locale] ?? categoryLabels[category][locale]
export type Described = Omit<HeldField, 'count' | 'values' | 'said' | 'statements' | 'withheld'>
export interface DescribedField extends Described {
  readonly category: HeldField['category']
  readonly retention: Retention | undefined
}

const operations: Readonly<Record<Locale, string>> = {
  en: 'As long as the server runs',
  'zh-Hans': '与服务器的运行时间相同',
}

/** What the data map says of a column to a person: what it is, what for, on which basis where they live, how long, who gets it. // pp.4.4.a */
export function described(
  { store, table, column, entry, field }: MapRow,
  region: Region,
  locale: Locale,
): DescribedField | undefined {
  if (field.class === 'reference' || field.class === 'not-personal') return undefined
  const category = field.class === 'credential' ? 'user.credentials' : field.category
  const own = 'purposes' in field ? field : undefined
  const retention = own?.retention ?? ('after' in entry.retention ? entry.retention : undefined)
  return {
    place: `${store}.${table}`,
    field: column,
    name: nameOf(column, category, locale),
    category,
    label: categoryLabels[category][locale],
    required: own?.mandatory.required ?? true,
    purposes: (Object.keys(own?.purposes ?? entry.purposes) as Purpose[]).flatMap((purpose) => {
      const basis = (own?.purposes ?? entry.purposes)[purpose]?.[region]
      if (basis === undefined) return []
      const { name, why } = purposes[purpose].texts[locale]
      return [{ purpose, name, why, basis: { kind: basis.kind, article: basis.article } }]
    }),
    source: { from: sourceOf[category], words: sourceLabels[sourceOf[category]][locale] },
    kept: retention === undefined ? operations[locale] : retentionWords(retention, locale),
    recipients: (own?.recipients ?? []).map((recipient) => ({
      recipient,
      name: recipientLabels[recipient][locale],
    })),
    clauses: [...('clauses' in field ? field.clauses : [])],
    retention,
  }
}
