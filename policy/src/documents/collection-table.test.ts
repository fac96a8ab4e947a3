// Catches a category or purpose that is collected without words in the documents, and a period that is said wrongly.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { categories, locales, purposes as purposeIds } from '@eaves/model'
import { clause } from '../clauses.ts'
import { documents } from '../documents.ts'
import { durationWords, retentionWords } from '../retention-words.ts'
import { categoryLabels } from '../vocabulary.ts'
import { collectionTable, withCollection, type MapFact } from './collection-table.ts'
import { canonicalText } from './canonical.ts'
import { validateDocument } from './validate.ts'

const email: MapFact = {
  category: 'user.contact.email',
  purpose: 'service.core',
  mandatory: true,
  retention: { after: 'account.closed', keep: 'P30D', then: 'shred' },
  recipients: [],
}
const label: MapFact = {
  category: 'user.device.model',
  purpose: 'account.device-label',
  mandatory: false,
  retention: { after: 'purpose.withdrawn', keep: 'P0D', then: 'delete' },
  recipients: [],
}

test('each use of each category is one row that says what, why, whether needed, how long and who else', () => {
  clause('pp.lb.3')
  assert.deepEqual(collectionTable([label, email, { ...email, recipients: ['linked-broker'] }], 'en'), {
    kind: 'table',
    head: ['Information', 'What for', 'Needed?', 'Kept', 'Who else gets it'],
    rows: [
      [
        ['E-mail address'],
        ['Running your home'],
        ['Needed'],
        ['Until 30 days after the account is closed, then made unreadable for good and deleted'],
        ['The MQTT broker you linked, if you linked one'],
      ],
      [
        ['Make and model of your phone or computer'],
        ['Naming the phone in your list of sign-ins'],
        ['Your choice'],
        ['Until you withdraw your choice, then deleted'],
        ['Nobody'],
      ],
    ],
  })
})

test('the order of the facts does not change the table', () => {
  assert.deepEqual(collectionTable([email, label], 'zh-Hans'), collectionTable([label, email], 'zh-Hans'))
})

test('a category or purpose without words cannot be shown', () => {
  clause('pp.0')
  assert.throws(
    () => collectionTable([{ ...email, category: JSON.parse('"user.location.precise"') }], 'en'),
    /no words for the category/,
  )
  assert.throws(
    () => collectionTable([{ ...email, purpose: JSON.parse('"marketing"') }], 'en'),
    /no words for the purpose/,
  )
})

test('a document with its table in place is still valid and has another fingerprint', () => {
  const filled = locales.map((locale) => withCollection(documents.privacy[locale], [email, label]))
  for (const document of filled) {
    assert.deepEqual(validateDocument(document, filled), [])
    assert.notEqual(canonicalText(document), canonicalText(documents.privacy[document.locale]))
    assert.notEqual(
      canonicalText(document),
      canonicalText(withCollection(documents.privacy[document.locale], [email])),
    )
  }
})

test('periods are said in plain words', () => {
  clause('pp.ret.1')
  assert.equal(
    retentionWords({ after: 'row.created', keep: 'P1Y', then: 'delete' }, 'en'),
    'Until 1 year after it is recorded, then deleted',
  )
  assert.equal(
    retentionWords({ after: 'row.created', keep: 'PT90M', then: 'truncate' }, 'zh-Hans'),
    '记录产生满 90 分钟后截短',
  )
  assert.equal(
    retentionWords({ after: 'home.closed', keep: 'P0D', then: 'shred' }, 'zh-Hans'),
    '家被删除后立即销毁密钥并删除',
  )
  assert.equal(durationWords('P1M2DT3H', 'en'), '1 month 2 days 3 hours')
  for (const wrong of ['P', 'PT', 'P1.5D', '30D', 'P-1D', 'forever'])
    assert.throws(() => durationWords(wrong, 'en'), /not an ISO 8601 duration/)
})

test('every category and purpose has words in each language', () => {
  for (const locale of locales) {
    assert.equal(
      new Set(categories.map((category) => categoryLabels[category][locale])).size,
      categories.length,
    )
    const facts = categories.flatMap((category) =>
      purposeIds.map((purpose): MapFact => ({ ...email, category, purpose })),
    )
    assert.ok(collectionTable(facts, locale).kind === 'table')
  }
})
