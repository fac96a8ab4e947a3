// Looks at a restored house from beside it, in the network that it is in: signs in by a code and says what is there.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from './server.ts'
import { lettersAt } from './outbox.ts'

const [base, outbox, email] = process.argv.slice(2) as [string, string, string]
const ask = async (method: string, path: string, body?: unknown, cookie?: string) => {
  const answer = await fetch(base + path, {
    method,
    headers: {
      origin: base,
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json(), cookie: answer.headers.get('set-cookie') }
}

const { flow } = (await ask('POST', '/api/sign-in/codes', { identifier: { email }, locale: 'en' })).body as {
  flow: string
}
const code = await until(
  () =>
    lettersAt(outbox)
      .map((name) => /^ {4}(\d{6})\r?$/m.exec(readFileSync(join(outbox, name), 'utf8'))?.[1])
      .find((each) => each !== undefined),
  'the code in the outbox',
)
const signedIn = await ask('POST', '/api/sign-in/code', { flow, code })
const cookie = signedIn.cookie?.split(';')[0]
const homes = (await ask('GET', '/api/homes', undefined, cookie)).body as { id: string; name: string }[]
const rooms = await ask('GET', `/api/homes/${homes[0]?.id}`, undefined, cookie)
process.stdout.write(JSON.stringify({ status: signedIn.status, homes, home: rooms.body }))
