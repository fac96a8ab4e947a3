// What copy-memory.test.ts runs with little memory: a home with a long history, of which its owner takes and fetches a copy. Prints what came and how much memory it took.
import { Readable } from 'node:stream'
import { internalsOf } from '../server/src/store/internals.ts'
import { assertOk, openFamily } from './family-house.ts'
import { bytesAt } from './copies.ts'

const points = Number(process.argv[2])
const house = await openFamily('sqlite')
const { home, owner } = house
const { lamp } = await house.devices()
const { stores, rights } = house.house
const history = stores.history.as({
  scope: { home },
  actor: { kind: 'person', subject: owner.subject },
  purpose: 'service.core',
})
await history.append([{ device: lamp as never, path: 'main.power.watts', ts: 1, value: 1 }])
const { historyFile } = internalsOf(stores)
const [series] = historyFile!.all('SELECT home_id, series_id FROM sample WHERE ts = 1') as {
  home_id: number
  series_id: number
}[]
historyFile!.all(
  `INSERT INTO sample WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${points})
   SELECT ${series!.home_id}, ${series!.series_id}, i * 1000, random() / 1e13 FROM n`,
)
const before = process.resourceUsage().maxRSS
const asked = assertOk(await owner.ask('POST', '/api/me/requests', { kind: 'access' }), 201)
await rights.run()
const { link } = assertOk(await owner.ask('POST', `/api/me/requests/${asked.id}/links`), 201)
const answer = await bytesAt(house, owner, link)
let bytes = 0
for await (const part of Readable.fromWeb(answer.body as never)) bytes += (part as Uint8Array).length
const grownMb = Math.round((process.resourceUsage().maxRSS - before) / 1024)
await house.end()
process.stdout.write(JSON.stringify({ status: answer.status, bytes, grownMb }))
