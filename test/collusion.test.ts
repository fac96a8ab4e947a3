// Catches numbers by which two manufacturers that put their reports together would find the same person in both (acceptance test P5).
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { pairwise } from '../server/src/privacy/deliver.ts'
import { openTestStores } from '../server/src/store/testing.ts'

const people = process.env.EAVES_TEST_WHOLE === undefined ? 500 : 20_000
const hash = (name: string, text: string) => createHash(name).update(text).digest('hex')

test('two makers that put together all they ever got cannot join their numbers better than by chance', async () => {
  clause('pp.3.1.3')
  const at = await openTestStores('sqlite')
  try {
    const subjects = Array.from({ length: people }, () => newId<SubjectId>())
    const of = (recipient: string) =>
      Promise.all(subjects.map((subject) => pairwise(at.stores.vault, recipient, subject)))
    const [acme, bolt] = [await of('acme'), await of('bolt')]
    for (const numbers of [acme, bolt]) {
      assert.equal(new Set(numbers).size, people)
      for (const number of numbers) assert.match(number, /^[0-9a-f]{32}$/)
    }
    assert.deepEqual(await of('acme'), acme, 'one maker knows a person again')
    const theirs = new Map(bolt.map((number, i) => [number, i]))
    // What somebody would try: the number itself, its end, its beginning, its digests, its order.
    const tries: readonly ((number: string) => string)[] = [
      (number) => number,
      ...['md5', 'sha1', 'sha256'].map((name) => (number: string) => hash(name, number).slice(0, 32)),
      (number) => Array.from(number).toReversed().join(''),
    ]
    for (const attempt of tries)
      assert.equal(acme.filter((number) => theirs.has(attempt(number))).length, 0, String(attempt))
    for (const [from, to] of [
      [0, 10],
      [22, 32],
    ] as const) {
      const parts = new Map(bolt.map((number, i) => [number.slice(from, to), i]))
      assert.equal(acme.filter((number, i) => parts.get(number.slice(from, to)) === i).length, 0)
    }
    const ranks = (numbers: readonly string[]) =>
      numbers.map((_, i) => i).toSorted((a, b) => (numbers[a]! < numbers[b]! ? -1 : 1))
    const [first, second] = [ranks(acme), ranks(bolt)]
    // By chance one person in all stands at the same place; ten of them do less than once in a million runs.
    const joined = first.filter((person, i) => second[i] === person).length
    assert.ok(joined < 10, `${joined} of ${people} are joined by their order`)
    // Nor does the number say anything of the id that stands for the person here.
    for (const [i, subject] of subjects.entries())
      for (const name of ['md5', 'sha1', 'sha256']) assert.notEqual(hash(name, subject).slice(0, 32), acme[i])
  } finally {
    await at.end()
  }
})
