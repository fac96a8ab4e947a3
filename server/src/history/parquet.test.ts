// Catches a Parquet file that says other than the CSV beside it, one that no reader opens, and one that is held whole.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { lampShape, openHouse, type House } from '../devices/testing.ts'
import { byRuntime } from '../store/stores.ts'
import { testClock } from '../store/testing.ts'
import { csvOfHistory } from './export.ts'
import { hourMs } from './grids.ts'
import { parquetOfHistory } from './parquet.ts'

const capabilities = {
  onOff: { attributes: ['on'], commands: [] },
  temperature: { attributes: ['celsius'], commands: [] },
  preset: { attributes: ['preset'], commands: [] },
}
type Query = Parameters<typeof parquetOfHistory>[3]
async function read(house: House, query: Query) {
  const chunks: Uint8Array[] = []
  for await (const each of await parquetOfHistory(house.reader, house.home, house.subject, query))
    chunks.push(each)
  const bytes = Buffer.concat(chunks)
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  return { chunks, file, rows: await parquetReadObjects({ file }) }
}
async function csvOf(house: House, query: Query): Promise<string[][]> {
  const bytes = []
  for await (const each of await csvOfHistory(house.reader, house.home, house.subject, query))
    bytes.push(each)
  const lines = Buffer.concat(bytes).toString().trimEnd().split('\r\n').slice(1)
  return lines.map((line) => line.split(','))
}

test('what is exported as Parquet reads as the CSV does, row by row', async () => {
  const house = await openHouse(testClock())
  const shape = lampShape('s', { kind: 'sensor', parts: [{ id: 'main', capabilities, vendor: {} }] })
  const { connection } = house
  house.driver.say({ t: 'device', connection, handle: 1, shape, base: 0, slots: [], online: true })
  await house.records.flush()
  const device = house.deviceId()
  const start = house.clock.now() - 26 * hourMs
  const rows = (path: string, count: number, valueOf: (i: number) => number | boolean | string) =>
    Array.from({ length: count }, (_, i) => ({ device, path, ts: start + i * 10_007, value: valueOf(i) }))
  await house.stores.stores.history
    .as(byRuntime(house.home))
    .append([
      ...rows('main/temperature/celsius', 4_600, (i) => Math.round(1_000 * Math.sin(i)) / 100),
      ...rows('main/onOff/on', 900, (i) => i % 3 === 0),
      ...rows('main/preset/preset', 60, (i) => ['eco', '关', 'b"c', ''][i % 4]!),
    ])
  const query = (capability: string, attribute: string, resolution: 'raw' | 'hour' = 'raw'): Query => ({
    ...{ device, part: 'main', capability, attribute, from: '0', resolution },
  })
  const heat = await read(house, query('temperature', 'celsius'))
  assert.ok(heat.chunks.length === 3 && heat.chunks[1]!.length < 10_000)
  const { row_groups: groups, created_by: by } = parquetMetadata(heat.file)
  assert.deepEqual([groups.map(({ num_rows: n }) => Number(n)), by], [[4_000, 600], 'eaves'])
  assert.deepEqual(heat.rows[1], {
    ...{ device, part: 'main', capability: 'temperature', attribute: 'celsius', unit: '°C' },
    ...{ at: new Date(start + 10_007), value: 8.41, text: null },
  })
  const plain = (row: Record<string, unknown>) => [
    (row.at as Date).toISOString(),
    ...Object.entries(row)
      .slice(6)
      .flatMap(([, value]) => (value === null ? [] : [`${value as number | string}`])),
  ]
  const same = async (wish: Query, count: number, toCsv = (cells: string[]) => cells) => {
    const csv = await csvOf(house, wish)
    const { rows: got } = await read(house, wish)
    assert.ok(csv.length >= count, wish.attribute)
    assert.deepEqual(got.map(plain).map(toCsv), csv)
  }
  await same(query('temperature', 'celsius'), 4_600)
  await same(query('onOff', 'on'), 900, ([at, value]) => [at!, String(value === '1')])
  const quoted = (text: string) => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text)
  await same(query('preset', 'preset'), 60, ([at, text]) => [at!, quoted(text!)])
  await same(query('temperature', 'celsius', 'hour'), 15)
  await same(query('onOff', 'on', 'hour'), 26)
  await same(query('preset', 'preset', 'hour'), 26, ([at, text, ...rest]) => [at!, quoted(text!), ...rest])
  const nothing = await read(house, { ...query('temperature', 'celsius'), to: '1' })
  assert.deepEqual([nothing.rows, parquetMetadata(nothing.file).schema.length], [[], 9])
  await house.end()
})
