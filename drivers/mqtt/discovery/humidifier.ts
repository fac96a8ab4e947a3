import { addHumidity } from './climate.ts'
import { flagOf, type Entity } from './entity.ts'
import { addOnOff } from './switches.ts'

export function addHumidifier(entity: Entity): void {
  const [on, off] = [entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF')]
  addOnOff(entity, flagOf(on, off), on, off, 'state_topic', 'state_value_template')
  addHumidity(entity)
}
