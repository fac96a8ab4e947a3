// Catches a template that is announced in the wild and is refused, or answered otherwise than Jinja answers it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collected, mistaken, type Collected } from './testing/collected.ts'
import { commandTemplate, TemplateError, valueTemplate, type Worth } from './template.ts'

function evaluate({ template, message, names }: Collected): unknown {
  if (names !== undefined)
    return commandTemplate(
      template,
      names,
    )(
      Object.fromEntries(
        names.flatMap((name) =>
          ['tone', 'volume_level', 'duration'].includes(name) ? [] : [[name, message as Worth]],
        ),
      ),
    )
  return valueTemplate(template)(JSON.stringify(message), () => message)
}

test('every collected template is in the subset and gives what it gives elsewhere', () => {
  const counts = new Map<string, [number, number]>()
  const failures: string[] = []
  for (const one of collected) {
    const count = counts.get(one.from) ?? [0, 0]
    counts.set(one.from, count)
    count[1]++
    try {
      const value = evaluate(one)
      if ('gives' in one) assert.deepEqual(value, one.gives, `${one.from}: ${one.template}`)
      count[0]++
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      failures.push(`${one.from}: ${error.message}: ${one.template}`)
    }
  }
  console.log([...counts].map(([from, [good, all]]) => `${from} ${good}/${all}`).join(', '))
  assert.deepEqual(failures, [])
})

test('what is no Jinja, or names what nobody defines, is refused', () => {
  for (const template of mistaken) assert.throws(() => valueTemplate(template), TemplateError, template)
})
