// Loaded before a test file: one passage of one source is another while it runs, as if somebody had written it so.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

interface Fault {
  readonly file: string
  readonly from: string
  readonly to: string
}
const { file, from, to } = JSON.parse(process.env.EAVES_TEST_FAULT ?? '{}') as Fault

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(`/${file}`)) return loaded
    const text = Buffer.from((loaded.source ?? '') as Uint8Array).toString('utf8')
    if (text.split(from).length !== 2) throw new Error(`The fault has no one place in ${file}.`)
    const seen = process.env.EAVES_TEST_FAULT_SEEN
    if (seen !== undefined) appendFileSync(seen, `${file}\n`)
    return { ...loaded, source: text.replace(from, () => to) }
  },
})
