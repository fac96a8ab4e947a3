// Loaded into every test file: notes which promises a test named, and whether it passed.
import { appendFileSync } from 'node:fs'
import { getTestContext } from 'node:test'

const place = process.env.EAVES_TEST_PROMISES

/** The test file that speaks: several may share a process. */
const fileOf = (stack = ''): string | undefined => /(\/[^\s():]+\.test\.ts)[:\d]*\)?$/m.exec(stack)?.[1]

if (place !== undefined) {
  const note = (id: string): void => {
    const context = getTestContext()
    const file = fileOf(new Error().stack) ?? process.argv[1]
    // Outside a test nothing is shown.
    if (context === undefined || !('after' in context)) return
    let isSkipped = false
    for (const way of ['skip', 'todo'] as const) {
      const original = context[way].bind(context)
      context[way] = (message) => {
        isSkipped = true
        original(message)
      }
    }
    context.after(() => {
      // The types of Node 24 leave it out. // https://nodejs.org/docs/latest-v24.x/api/test.html#contextpassed
      const isShown = Reflect.get(context, 'passed') === true && !isSkipped
      appendFileSync(place, `${JSON.stringify({ id, file, test: context.fullName, isShown })}\n`)
    })
  }
  Object.assign(globalThis, { [Symbol.for('eaves.clause')]: note })
}
