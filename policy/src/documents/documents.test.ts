// Catches a document that lost an important term, a clause or a link, drifted from its translation, or borrowed another's mark.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { locales } from '@eaves/model'
import { clause, clauseIds, clauses, type ClauseId } from '../clauses.ts'
import { documents, summaries } from '../documents.ts'
import { errata, errataInChinese, sourcePolicy } from './archive.ts'
import {
  documentIds,
  emphases,
  link,
  paragraph,
  sectionIds,
  type PolicyDocument,
  type Section,
} from './ast.ts'
import { canonicalText, plainText } from './canonical.ts'
import { requiredEmphases, spansOf, validateDocument } from './validate.ts'

const forbidden =
  /alibaba|aliyun|duanqu|阿里|短趣|tuya|xiaomi|小米|philips|google|amazon|apple(?! ?inc)\b|samsung|ikea|shelly/i
const privacy = documents.privacy.en
const every = documentIds.flatMap((id) => locales.map((locale) => documents[id][locale]))

/** The same document with one section altered. */
function altered(
  document: PolicyDocument,
  id: string,
  change: (section: Section) => Section | undefined,
): PolicyDocument {
  return {
    ...document,
    sections: document.sections.flatMap((section) => (section.id === id ? (change(section) ?? []) : section)),
  }
}
const withoutImportant = (document: PolicyDocument, about: string): PolicyDocument =>
  JSON.parse(JSON.stringify(document), (_, value) => (value?.about === about ? value.important : value))

describe('the documents offered now', () => {
  for (const document of every) {
    test(`${document.title} (${document.locale}) has no fault`, () => {
      clause('sa.2')
      assert.deepEqual(
        validateDocument(
          document,
          locales.map((locale) => documents[document.id][locale]),
        ),
        [],
      )
    })
  }

  test('between them they mark all five subjects as important', () => {
    assert.deepEqual(
      [...new Set(documentIds.flatMap((id) => requiredEmphases[id]))].toSorted(),
      [...emphases].toSorted(),
    )
  })

  test('state every registered clause once', () => {
    clause('pp.0')
    const stated = documentIds.flatMap((id) =>
      documents[id].en.sections.flatMap((section) => section.clauses),
    )
    assert.deepEqual(stated.toSorted(), [...clauseIds].toSorted())
    for (const id of clauseIds)
      assert.ok(
        sectionIds[clauses[id].anchor.document].some((section) => section === clauses[id].anchor.section),
        id,
      )
  })

  test('name no mark of others, nor do the summaries of clauses', () => {
    clause('ls.1.1')
    const texts = [
      ...every.map(plainText),
      ...locales.flatMap((locale) => summaries[locale]),
      ...clauseIds.map((id) => clauses[id].title + clauses[id].summary),
      JSON.stringify(errata),
    ]
    for (const text of texts) assert.doesNotMatch(text, forbidden)
    assert.match('as found in the Alibaba text', forbidden)
  })

  test('have six plain points in each language', () => {
    clause('fm.read')
    for (const locale of locales) assert.equal(summaries[locale].length, 6)
  })

  test('are Chinese where they say so and not elsewhere', () => {
    for (const document of every) {
      const han = /\p{Script=Han}/u
      for (const span of spansOf(document))
        if (typeof span === 'object' && 'important' in span)
          assert.equal(han.test(span.important), document.locale === 'zh-Hans', span.important)
      for (const { heading } of document.sections)
        assert.equal(han.test(heading), document.locale === 'zh-Hans', heading)
    }
  })
})

describe('a spoilt document is rejected', () => {
  for (const id of documentIds) {
    for (const about of requiredEmphases[id]) {
      test(`${id} without its important term on ${about}`, () => {
        clause('sa.2')
        assert.deepEqual(validateDocument(withoutImportant(documents[id].en, about), []), [
          `No important term speaks of "${about}".`,
        ])
      })
    }
  }

  test('with a link that leads nowhere', () => {
    const broken = altered(privacy, 'who', (section) => ({
      ...section,
      blocks: [...section.blocks, paragraph(link('section 8', 'privacy', 'liability'))],
    }))
    assert.deepEqual(validateDocument(broken, []), ['The link "section 8" leads nowhere.'])
  })

  test('with a section missing', () => {
    const faults = validateDocument(
      altered(privacy, 'minors', () => undefined),
      [],
    )
    assert.ok(faults.includes('The clause "pp.6" is not stated in "minors".'))
    assert.ok(faults.some((fault) => fault.startsWith('The sections are')))
  })

  test('with an unknown clause', () => {
    const faults = validateDocument(
      altered(privacy, 'who', (section) => ({
        ...section,
        clauses: [...section.clauses, 'pp.99' as ClauseId],
      })),
      [],
    )
    assert.deepEqual(faults, ['The section "who" names the unknown clause "pp.99".'])
  })

  test('whose translation lacks a clause, an item of a list or an important term', () => {
    const chinese = documents.privacy['zh-Hans']
    const spoilt = [
      altered(chinese, 'rights', (section) => ({ ...section, clauses: section.clauses.slice(1) })),
      altered(chinese, 'bases', (section) => ({ ...section, blocks: section.blocks.slice(0, 1) })),
      withoutImportant(chinese, 'transfer'),
      altered(chinese, 'contact', () => undefined),
    ]
    for (const translation of spoilt) assert.notDeepEqual(validateDocument(privacy, [translation]), [])
  })

  test('beside a translation of another version', () => {
    assert.deepEqual(validateDocument(privacy, [{ ...documents.privacy['zh-Hans'], version: '1.9' }]), [
      'zh-Hans is a translation of another document.',
    ])
  })
})

describe('the canonical text', () => {
  test('is the same for equal documents and other for every small change', () => {
    clause('fm.date')
    const text = canonicalText(privacy)
    assert.equal(canonicalText(structuredClone(privacy)), text)
    const changes = [
      { ...privacy, version: '9.9' },
      { ...privacy, publishedOn: '2026-11-23' },
      withoutImportant(privacy, 'minors'),
      { ...privacy, sections: privacy.sections.toReversed() },
      altered(privacy, 'contact', (section) => ({ ...section, blocks: [paragraph('Elsewhere.')] })),
      altered(privacy, 'contact', (section) => ({ ...section, clauses: ['pp.9'] })),
    ]
    for (const change of changes) assert.notEqual(canonicalText(change), text)
    assert.equal(new Set(every.map(canonicalText)).size, every.length)
  })

  test('does not depend on the order in which keys were written', () => {
    const { sections, ...rest } = privacy
    assert.equal(canonicalText({ sections, ...rest }), canonicalText(privacy))
  })

  test('as plain text marks important terms and says how', () => {
    clause('sa.2')
    for (const document of every) {
      const text = plainText(document)
      assert.equal(
        text.split('***').length - 1,
        2 * spansOf(document).filter((span) => typeof span === 'object' && 'important' in span).length +
          (document.locale === 'en' ? 2 : 1),
      )
    }
  })
})

test('the source policy is in the archive by hash alone, with the defects that were mended', () => {
  clause('fm.date')
  assert.match(sourcePolicy.sha256, /^[0-9a-f]{64}$/)
  assert.notEqual(sourcePolicy.sha256, createHash('sha256').update('').digest('hex'))
  assert.deepEqual(Object.keys(sourcePolicy).toSorted(), ['date', 'sha256', 'standing', 'title', 'version'])
  assert.equal(errata.length, 15)
  assert.equal(errataInChinese.length, 15)
  for (const texts of errataInChinese) for (const text of texts) assert.match(text, /\p{Script=Han}/u)
  for (const { clauses: ids, defect, mended } of errata) {
    for (const id of ids) clause(id)
    assert.ok(defect.length > 30 && mended.length > 20)
  }
})
