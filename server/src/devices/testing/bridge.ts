import assert from 'node:assert/strict'
import { afterEach } from 'node:test'
import type { BridgeStatus, DeviceId } from '@eaves/model'
import { testClock } from '../../store/testing.ts'
import { lampMessage, openHouse, type House } from '../testing.ts'

const houses: House[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.end()
})
/** A house that ends with the test that opened it. */
export async function open(): Promise<House> {
  const house = await openHouse(testClock())
  houses.push(house)
  return house
}

export const coordinator: BridgeStatus = {
  id: '0x00124b0018e2abcd',
  name: 'Attic',
  online: true,
  version: '2.1.0',
  acts: ['permitJoin', 'createGroup'],
}
export const tellBridge = ({ driver, connection }: House, over: Partial<BridgeStatus> = {}) =>
  driver.say({ t: 'bridge', connection, bridge: { ...coordinator, ...over } })
export const bridgeOf = (house: House) =>
  house.bridges.list(house.home, (each) => house.joins.openAt(each))[0]!
export const answer = ({ driver }: House, over: { code?: string; detail?: string } = {}) =>
  driver.say({ t: 'acted', act: driver.of('act').at(-1)!.act, ...over })
export const code = (wanted: string, detail?: string) => (error: { code: string; detail?: string }) =>
  error.code === wanted && (detail === undefined || error.detail === detail)

/** Refused now, not when the time for an answer is over. */
export const refused = (asking: Promise<unknown>, check: (error: { code: string }) => boolean) =>
  assert.rejects(Promise.race([asking, new Promise((resolve) => setTimeout(resolve, 200))]), check)

export async function caredFor(house: House): Promise<DeviceId> {
  house.driver.say(
    lampMessage(house.connection, 1, '0x00158d0001a2b3c4', {
      acts: ['rename', 'remove', 'interview', 'addMember'],
    }),
    lampMessage(house.connection, 2, 'b'),
  )
  return house.list()[0]!.id
}
