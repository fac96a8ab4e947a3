// Catches a sentence of the next version that the code does not keep, a promise that stands nowhere, and a language that says something else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '@eaves/model'
import { clause, clauses, type ClauseId } from '../clauses.ts'
import { currentVersion, documentsOf, summariesOf } from '../documents.ts'
import { draftVersion } from '../versions/published.ts'
import { documentIds, type Block, type PolicyDocument, type Section } from './ast.ts'
import { plainText } from './canonical.ts'
import { validateDocument } from './validate.ts'
import { needed, offers, type Offer } from './2.1/offers.ts'
import { elsewhere } from './2.1/topics/sharing.ts'

const newest = draftVersion?.version ?? currentVersion
const documents = documentsOf(newest)
const every = documentIds.flatMap((id) => locales.map((locale) => documents[id][locale]))
const denial = { en: /\b(?:no|not|none|nothing|nobody)\b/i, 'zh-Hans': /不|没有|无需|尚未/ } as const

/** What a section promises or denies that it should not, a line each. */
function faultsOf({ locale }: PolicyDocument, { id, clauses: ids, blocks }: Section): string[] {
  const of = (tag: 'keeps' | 'later') => new Set(blocks.flatMap((block) => block[tag] ?? []))
  const [kept, later] = [of('keeps'), of('later')]
  const wordsOf = (block: Block) => JSON.stringify(block.kind === 'paragraph' ? block.text : block)
  return [
    ...ids.flatMap((each: ClauseId) => {
      const { kind } = clauses[each]
      if (kind.is === 'declaratory') return []
      if (kind.is === 'executable')
        return [
          ...(kept.has(each) ? [] : [`${id}: ${each} is kept and stands nowhere`]),
          ...(later.has(each) ? [`${id}: ${each} is kept and denied`] : []),
        ]
      return [
        ...(kept.has(each) ? [`${id}: ${each} is promised and not kept`] : []),
        ...(later.has(each) ? [] : [`${id}: ${each} is not kept and not denied`]),
      ]
    }),
    ...blocks.flatMap((block) =>
      (block.later ?? []).length > 0 && !denial[locale].test(wordsOf(block))
        ? [`${id}: a paragraph on what is not offered denies nothing`]
        : [],
    ),
    ...[...kept, ...later].filter((each) => !ids.includes(each)).map((each) => `${id}: ${each} is another’s`),
  ]
}

for (const document of every)
  test(`no section of the ${document.title} (${document.locale}) promises what is not kept`, () => {
    clause('pp.0')
    clause('pp.7.2')
    assert.deepEqual(
      document.sections.flatMap((section) => faultsOf(document, section)),
      [],
    )
  })

test('a promise that is not kept, and one that is kept and left out, are found', () => {
  clause('pp.0')
  const { en } = documents.privacy
  const scope = en.sections.find(({ id }) => id === 'scope')!
  const turned = {
    ...scope,
    blocks: scope.blocks.map(({ later: _l, ...block }) => ({ ...block, keeps: scope.clauses })),
  }
  assert.deepEqual(faultsOf(en, turned), [
    'scope: pp.1.2 is promised and not kept',
    'scope: pp.1.2 is not kept and not denied',
  ])
  assert.deepEqual(faultsOf(en, { ...scope, blocks: scope.blocks.slice(1) }), [
    'scope: pp.0 is kept and stands nowhere',
    'scope: pp.1.1 is kept and stands nowhere',
  ])
  const denied = scope.blocks.map(({ keeps: _k, ...block }) => ({ ...block, later: scope.clauses }))
  assert.deepEqual(
    faultsOf(en, { ...scope, blocks: denied }).filter((fault) => fault.endsWith('denied')),
    ['scope: pp.0 is kept and denied', 'scope: pp.1.1 is kept and denied'],
  )
})

test('each document is whole, alone and beside its translation', () => {
  clause('sa.2')
  for (const document of every)
    assert.deepEqual(
      validateDocument(
        document,
        locales.map((locale) => documents[document.id][locale]),
      ),
      [],
    )
})

test('an offer is made only when every clause it needs is kept', () => {
  clause('pp.0')
  for (const offer of Object.keys(offers) as Offer[])
    if (offers[offer])
      for (const id of needed[offer]) assert.equal(clauses[id].kind.is, 'executable', `${offer}: ${id}`)
})

test('with sharing on offer, purposes, bases, other countries and the first point say so', () => {
  clause('pp.0')
  for (const locale of locales) {
    const [on, off] = [elsewhere(locale, { sharing: true }), elsewhere(locale, { sharing: false })]
    assert.deepEqual([on.purpose.length, on.basis.length], [1, 1])
    assert.deepEqual([off.purpose, off.basis], [[], []])
    assert.ok(on.abroad !== off.abroad && on.point !== off.point)
    const said = elsewhere(locale)
    const whole = plainText(documents.privacy[locale])
    for (const text of [...said.purpose, ...said.basis, said.abroad])
      assert.ok(whole.includes(text.trim()), text)
    assert.equal(summariesOf(newest)[locale][0], said.point)
  }
})

test('it names no mark of others and has a layer for each region', () => {
  clause('ls.1.1')
  for (const document of every)
    assert.doesNotMatch(plainText(document), /alibaba|aliyun|阿里|tuya|xiaomi|小米|samsung|ikea/i)
  const bases = (locale: 'en' | 'zh-Hans') =>
    JSON.stringify(documents.privacy[locale].sections.find(({ id }) => id === 'bases'))
  for (const region of [/European Union/, /People’s Republic of China/, /California/, /Everywhere else/])
    assert.match(bases('en'), region)
  for (const region of [/欧盟/, /中华人民共和国/, /加利福尼亚/, /其他地区/])
    assert.match(bases('zh-Hans'), region)
})
