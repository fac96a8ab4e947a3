// The register of processing activities, made from the data map.
import {
  activities,
  activityOf,
  categoryLabels,
  purposes,
  recipientLabels,
  retentionWords,
  type MapFact,
  type ProcessingActivity,
} from '@eaves/policy'
import { page, tableOf } from './reference.ts'

export interface RegisterRow {
  readonly activity: ProcessingActivity
  readonly information: string
  readonly purpose: string
  readonly basis: string
  readonly kept: readonly string[]
  readonly recipients: readonly string[]
}

/** One row for each use of each kind of information, under the activity that the text names for it. // pp.1.1 */
export function registerOf(facts: readonly MapFact[]): RegisterRow[] {
  const uses = Map.groupBy(facts, ({ category, purpose }) => `${category} ${purpose}`)
  return [...uses.values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const { bases, texts } = purposes[first.purpose]
    return [
      {
        activity: activityOf[first.category],
        information: categoryLabels[first.category].en,
        purpose: texts.en.name,
        basis: Object.entries(bases)
          .map(([region, { article }]) => `${region}: ${article}`)
          .join('; '),
        kept: distinct(same.map(({ retention }) => retentionWords(retention, 'en'))),
        recipients: distinct(
          same.flatMap(({ recipients }) => recipients.map((each) => recipientLabels[each].en)),
        ),
      },
    ]
  })
}

/** docs/reference/processing.md: the record that GDPR Article 30 wants of whoever runs a server. */
export function processingReference(facts: readonly MapFact[]): string {
  const rows = registerOf(facts)
  const intro = [
    'The record of processing activities (GDPR Article 30), made from the data map: one row for each use of each kind of information, under one of the four activities that the privacy statement covers. There is no fifth: a kind of information without an activity does not compile.',
    '',
    '- **Controller**: whoever runs the server; in *hosted* the controller, contacts and representatives are those of `operator.json`.',
    '- **Whose information**: people with an account, the members of their homes, and whoever a home’s devices notice.',
    '- **Other countries**: none by the product itself; the recipients below may stand abroad.',
    '- **Protection**: [privacy guide](../guide/privacy.md), [data map](data-map.md).',
  ]
  const sections = (Object.keys(activities) as ProcessingActivity[]).flatMap((activity) => [
    '',
    `## ${activities[activity]}`,
    '',
    ...tableOf(
      ['Information', 'What for', 'Basis', 'Kept', 'Who else gets it'],
      rows
        .filter((row) => row.activity === activity)
        .map(({ information, purpose, basis, kept, recipients }) => [
          information,
          purpose,
          basis,
          kept.join('<br>'),
          recipients.length === 0 ? 'Nobody' : recipients.join('<br>'),
        ])
        .toSorted((a, b) => (a.join() < b.join() ? -1 : 1)),
    ),
  ])
  return page('Processing activities', [...intro, ...sections])
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted()
