// Catches a report that says which device, or where it stands in the house, by way of a model or a version that is one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from './clauses.ts'
import { project, type FieldName } from './sharing.ts'

const fields = new Set<FieldName>(['devices.model', 'devices.firmware'])
const told = (model: string, firmware: string) =>
  project({ zones: [], devices: [{ model, firmware, reachable: true, commands: 0 }] }, fields, '').devices

test('hardware numbers and addresses of the house stand in no report, whatever field they came in', () => {
  clause('pp.3.1.3')
  for (const text of [
    '0x00158d0001a2b3c4',
    '00158D0001A2B3C4',
    '00-11-22-33-44-55',
    'a1.b2.c3.d4.e5.f6',
    'Lamp_001788010b2c3d4e',
    '192.168.1.20',
    '10.0.0.7',
    '172.20.1.2',
  ])
    assert.deepEqual(told(text, text), [{}], text)
})

test('models and versions as makers write them stay', () => {
  for (const [model, firmware] of [
    ['LCT015', '1.104.2'],
    ['TRADFRI bulb E27 WS 806lm', '20230706-0812'],
    ['404000/404005/404012', '2.3.093'],
    ['Plug (EU) Gen. 3', 'v4.7.19+r2'],
    ['Hub', '110.0.0.7'],
  ] as const)
    assert.deepEqual(told(model, firmware), [{ model, firmware }])
})
