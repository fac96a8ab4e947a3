// Catches something that people made themselves (names, arrangements, settings of a home) that is not sealed, is missing from their copy, or outlives its erasure.
import assert from 'node:assert/strict'
import { clause } from '@eaves/policy'
import { ask, canaryOf, facts, plantEverywhere } from '../server/src/rights/testing.ts'
import { onBothDialects } from '../server/src/store/testing.ts'
import { copyOf } from './copies.ts'
import { openFamily } from './family-house.ts'
import { filesBelow, formsOf, hits } from './residue-scan.ts'

/** Every column whose content people make, by the word that is planted in it. */
const made = Object.entries(facts).flatMap(([table, { columns, path }]) =>
  Object.entries(columns).flatMap(([column, field]) =>
    field.class === 'content' && path.to !== 'instance' ? [{ table, column, field }] : [],
  ),
)

onBothDialects(
  'what people make themselves is sealed, stands whole in their copy, and is gone after their erasure',
  async (_at, dialect) => {
    clause('def.bd')
    const house = await openFamily(dialect)
    try {
      const { home, owner } = house
      const { stores } = house.house
      const plant = { tag: 'own', subject: owner.subject, home }
      const planted = new Map([
        ...(await plantEverywhere(stores, plant, 'person')),
        ...(await plantEverywhere(stores, plant, 'home')),
      ])
      const words = made
        .map(({ table, column, field }) => ({ word: canaryOf('own', table, column), field }))
        .filter(({ word }) => planted.has(word))
      assert.ok(words.length >= 8, `${words.length}`)
      for (const { word, field } of words) assert.ok('seal' in field, word)
      const { files, id } = await copyOf(house, owner, 'portability')
      const data = files.get('data.json')!
      const missing = words
        .map(({ word }) => word)
        // What a home calls somebody it invites is not the inviter's.
        .filter((word) => !word.includes('-invitation-') && !data.includes(word))
      assert.deepEqual(missing, [])
      assert.ok(id)
      const forms = new Map(words.map(({ word }) => [word, formsOf(word)]))
      const look = () => {
        const found = filesBelow(house.dir)
        for (const name of found.keys()) if (name.includes('data.outbox')) found.delete(name)
        return hits(found, forms)
      }
      // Sealed: the disk holds no word of it, before and after.
      assert.deepEqual(look(), [])
      await owner.ask('POST', '/api/me/requests', { kind: 'erasure' })
      house.clock.advance(72 * 3_600_000)
      await house.house.rights.run()
      // They were the last adult: with them goes the home, and every row of what was made in it.
      const left: string[] = []
      for (const table of new Set(made.map((each) => each.table)))
        if ((await ask(stores, { store: 'facts' }, `SELECT 1 FROM "${table}"`)).length > 0) left.push(table)
      assert.deepEqual(left, [])
      assert.deepEqual(look(), [])
    } finally {
      await house.end()
    }
  },
)
