// Catches a recovery kit whose slip of the pen goes unnoticed or is named wrongly, and one that is refused for how it was typed.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { AppError } from '@eaves/model'
import { kitBytes, kitText, readKit } from './kit.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const wrongGroups = (typed: string): string[] => {
  try {
    readKit(typed)
  } catch (error) {
    assert.ok(error instanceof AppError && error.code === 'backup.kit-typo', String(error))
    return (error.errors ?? []).map(({ path }) => path)
  }
  return []
}

test('any one wrong character is noticed, and the group it stands in is the one that is named', () => {
  const text = kitText(randomBytes(kitBytes))
  const groups = text.split('-')
  assert.equal(groups.length, 10)
  for (const [i, group] of groups.entries())
    for (let at = 0; at < 5; at++)
      for (const letter of alphabet) {
        if (letter === group[at]) continue
        const typed = groups.with(i, group.slice(0, at) + letter + group.slice(at + 1)).join('-')
        assert.deepEqual(wrongGroups(typed), [`kit.${i + 1}`], typed)
      }
})

test('two exchanged characters, two exchanged groups, a lost or doubled one are noticed where they are', () => {
  for (let round = 0; round < 20; round++) {
    const groups = kitText(randomBytes(kitBytes)).split('-')
    for (const [i, group] of groups.entries()) {
      for (let at = 0; at < 4; at++) {
        if (group[at] === group[at + 1]) continue
        const turned = group.slice(0, at) + group[at + 1] + group[at] + group.slice(at + 2)
        assert.deepEqual(wrongGroups(groups.with(i, turned).join(' ')), [`kit.${i + 1}`])
      }
      assert.deepEqual(wrongGroups(groups.with(i, group.slice(1)).join('-')), [`kit.${i + 1}`])
      const next = (i + 1) % 10
      assert.deepEqual(
        wrongGroups(groups.with(i, groups[next]!).with(next, group).join('-')).toSorted(),
        [`kit.${i + 1}`, `kit.${next + 1}`].toSorted(),
      )
    }
    assert.throws(() => readKit(groups.slice(1).join('-')), { code: 'backup.kit-typo' })
    assert.throws(() => readKit([...groups, groups[0]].join('-')), { code: 'backup.kit-typo' })
  }
  assert.throws(() => readKit(''), { code: 'backup.kit-typo' })
})

test('small letters, other gaps, and letters read as their look-alikes are the same kit; another one is another', () => {
  const text = kitText(new Uint8Array(kitBytes).fill(0b10000100))
  const { mark, key } = readKit(text)
  for (const typed of [
    text.toLowerCase(),
    text.replaceAll('-', ''),
    `  ${text.replaceAll('-', '\n')}\n`,
    text.replaceAll('-', ' – '),
    text.replaceAll('0', 'o').replaceAll('1', 'l'),
    text.replaceAll('0', 'O').replaceAll('1', 'i').replaceAll('-', ''),
  ])
    assert.deepEqual(readKit(typed), { mark, key }, typed)
  assert.notEqual(readKit(kitText(randomBytes(kitBytes))).mark, mark)
  assert.ok(!text.includes(mark))
})
