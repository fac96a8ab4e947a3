// Catches something that is held about a person and not shown to them, and something of another person that is.
import assert from 'node:assert/strict'
import { held as schema } from '@eaves/model/api'
import { clause, fieldWords } from '@eaves/policy'
import { belongingsOf, isWithheld, openRows } from '../server/src/rights/belongings.ts'
import { described } from '../server/src/privacy/privacy.ts'
import { ask as inStore, canaryOf, facts, plantEverywhere } from '../server/src/rights/testing.ts'
import { mapRows } from '../server/src/store/schema.ts'
import { onBothDialects } from '../server/src/store/testing.ts'
import { test } from 'node:test'
import { assertOk, openFamily, told, type Someone } from './family-house.ts'

const heldBy = async (someone: Someone, query = '') =>
  schema.parse(assertOk(await someone.ask('GET', `/api/me/held?values=open${query}`)))

onBothDialects(
  'a person sees every value held about them and nothing of anybody else',
  async (_at, dialect) => {
    clause('pp.4.4.a')
    clause('pp.8')
    const house = await openFamily(dialect)
    try {
      const { home, owner } = house
      const { stores } = house.house
      const ben = await house.somebody('ben', 'adult')
      const mine = await plantEverywhere(
        stores,
        { tag: 'ada', subject: owner.subject, home, other: ben.subject },
        'person',
      )
      const his = await plantEverywhere(
        stores,
        { tag: 'ben', subject: ben.subject, home, other: owner.subject },
        'person',
      )
      await plantEverywhere(stores, { tag: 'home', subject: owner.subject, home }, 'home')
      const answer = await owner.ask('GET', '/api/me/held?values=open')
      const held = schema.parse(assertOk(answer))
      const hidden = (column: string) => [...mine].find(([word]) => word.endsWith(column))![1]
      for (const [word, field] of mine)
        assert.equal(
          answer.text.includes(word),
          // Of somebody invited, the home's word for them is not the inviter's.
          !isWithheld(field) && !/-(invitation|request_package)-/.test(word),
          word,
        )
      assert.ok(isWithheld(hidden('totp-secret-zq7f')))
      // What proves somebody is not even opened, so no page after this has to leave it out.
      for (const belonging of belongingsOf(owner.subject, []))
        for (const { values } of await openRows(stores.facts, owner.subject, belonging, []))
          for (const column of values.keys())
            assert.ok(!isWithheld(belonging.entry.columns[column]!), `${belonging.table}.${column}`)
      for (const word of his.keys()) assert.equal(answer.text.includes(word), false, word)
      // In a row of another that names them, such as that of the child they answer for, stands no more than that for them.
      for (const [table, { columns }] of Object.entries(facts))
        if ('subject' in columns) assert.equal(answer.text.includes(`ben-${table}-`), false, table)
      assert.equal(answer.text.includes(ben.subject), false)
      assert.equal(answer.text.includes(ben.email), false)
      assert.equal(answer.text.includes(canaryOf('home', 'connection', 'config')), false)
      for (const word of [canaryOf('home', 'room', 'name'), canaryOf('home', 'floor', 'name'), owner.email])
        assert.ok(answer.text.includes(word), word)
      const fields = held.categories.flatMap(({ fields: each }) => each)
      for (const each of fields) {
        assert.ok(
          each.count > 0 && each.label !== '' && each.kept !== '' && each.source.words !== '',
          each.field,
        )
        assert.ok(
          each.purposes.length > 0 && each.purposes.every(({ basis }) => basis.article !== ''),
          each.field,
        )
        assert.equal(each.withheld === undefined, each.values.length > 0, `${each.place}.${each.field}`)
      }
      const tables = new Set(fields.map(({ place }) => place.slice('facts.'.length)))
      for (const [table, { path, isCopy }] of Object.entries(facts))
        if (path.to === 'subject' && !isCopy) assert.ok(tables.has(table), `nothing is shown of ${table}`)
      // What leads to them in the vault has nothing to show; that it stands there is said.
      const inVault = fields.filter(({ place }) => place.startsWith('vault.'))
      assert.deepEqual(
        inVault.map(({ place, count }) => [place, count]),
        [['vault.blind', 1]],
      )
      const email = fields.find(({ place, field }) => place === 'facts.account' && field === 'email')!
      assert.deepEqual(email.values, [{ value: owner.email }])
      assert.deepEqual(
        email.purposes.map(({ purpose, basis }) => [purpose, basis.kind, basis.article]),
        [
          ['service.core', 'contract', 'GDPR 6(1)(b)'],
          ['security', 'legitimate-interest', 'GDPR 6(1)(f)'],
        ],
      )
      assert.deepEqual(
        email.recipients.map(({ recipient }) => recipient),
        ['mail-service'],
      )
    } finally {
      await house.end()
    }
  },
)

test('a narrowed guest is shown the devices they see; in another language the words are of that language', async () => {
  clause('pp.4.4.a')
  clause('pp.1.3')
  const house = await openFamily()
  try {
    const { lamp, lock } = await house.devices()
    const guest = await house.somebody('gil', 'guest', {
      limits: {
        reach: 'listed',
        rules: [{ effect: 'allow', on: { device: lamp as never }, acts: ['see'] }],
        hours: [],
      },
    })
    // What memory alone knows is written first.
    await house.house.retention.run()
    assert.ok(JSON.stringify(await heldBy(house.owner)).includes('elm-lock'))
    const held = await heldBy(guest)
    const text = JSON.stringify(held)
    assert.equal(held.homes.length, 1)
    assert.ok(text.includes('elm-lamp'))
    assert.equal(text.includes('elm-lock'), false)
    assert.equal(text.includes(lock), false)
    const chinese = await heldBy(house.owner, '&locale=zh-Hans')
    assert.ok(chinese.categories.some(({ label }) => label === '邮箱地址'))
    const token = await house.byToken(house.owner)
    assert.equal((await token('GET', '/api/me/held')).status, 403)
  } finally {
    await house.end()
  }
})

test('what is held is told to whoever is signed in; what it says takes a fresh proof', async () => {
  clause('pp.4.3')
  const house = await openFamily()
  try {
    const { owner } = house
    const whole = await heldBy(owner)
    assert.equal(whole.open, true)
    const { cookie } = await house.signIn(owner.subject)
    house.clock.advance(6 * 60_000)
    const look = (path: string) => house.call({ method: 'GET', path, cookie })
    assert.equal(told(await look('/api/me/held?values=open')), '403 auth.step-up-required')
    const answer = await look('/api/me/held')
    const bare = schema.parse(assertOk(answer))
    assert.equal(bare.open, false)
    assert.equal(answer.text.includes(owner.email), false)
    const fields = bare.categories.flatMap((each) => each.fields)
    assert.ok(fields.every(({ values }) => values.length === 0))
    assert.ok(
      fields.some(({ place, field, count }) => place === 'facts.account' && field === 'email' && count === 1),
    )
    assert.deepEqual(
      bare.categories.map(({ category }) => category),
      whole.categories.map(({ category }) => category),
    )
  } finally {
    await house.end()
  }
})

test('each column that is shown is called by a word and not by its id, in both languages, and no word is for nothing', () => {
  clause('pp.4.4.a')
  const shown = new Set(mapRows().flatMap((row) => described(row, 'EU', 'en')?.field ?? []))
  assert.deepEqual([...shown].toSorted(), Object.keys(fieldWords).toSorted())
  for (const [column, words] of Object.entries(fieldWords))
    for (const word of Object.values(words)) assert.ok(word !== '' && !/_/.test(word), column)
})

test('the one address that an account has is needed; beside another one either is up to its person', async () => {
  clause('pp.4.4.a')
  const house = await openFamily()
  try {
    const { owner } = house
    const needed = async () =>
      (await heldBy(owner)).categories
        .flatMap(({ fields }) => fields)
        .filter(({ place, field }) => place === 'facts.account' && ['email', 'phone'].includes(field))
        .map(({ field, required }) => [field, required])
    assert.deepEqual(await needed(), [['email', true]])
    const { stores } = house.house
    const cell = { table: 'account', column: 'phone', rowId: owner.subject }
    const phone = await stores.vault.seal({ subject: owner.subject }, cell, '+491701234567')
    await inStore(stores, { store: 'facts' }, 'UPDATE account SET phone = ? WHERE subject = ?', [
      phone,
      owner.subject,
    ])
    assert.deepEqual(Object.fromEntries(await needed()), { email: false, phone: false })
  } finally {
    await house.end()
  }
})
