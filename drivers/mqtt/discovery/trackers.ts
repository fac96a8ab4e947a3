import type { Entity } from './entity.ts'
import { isPayload } from './entity.ts'

/** Whether it is at home. Coordinates, and the name of any other place, are neither read nor kept. */
export function addTracker(entity: Entity): void {
  const [home, away, reset] = [
    entity.payload('payload_home', 'home'),
    entity.payload('payload_not_home', 'not_home'),
    entity.payload('payload_reset', 'None'),
  ]
  const hasState = entity.readInto('tracker', 'home', 'state_topic', 'value_template', (value) => {
    if (isPayload(value, reset) || typeof value === 'object') return undefined
    return isPayload(value, home) ? true : isPayload(value, away) || String(value) !== '' ? false : undefined
  })
  if (!hasState && entity.has('json_attributes_topic'))
    entity.problem('it tells where it is by coordinates only, and those are not read')
}

/** Which tag was read is told with the event and kept nowhere else. */
export function addTag(entity: Entity): void {
  const topic = entity.topic('topic')
  const evaluate = topic === undefined ? undefined : entity.template('value_template')
  if (topic === undefined || evaluate === undefined) return
  const { part } = entity
  entity.assembly.draft.event(part, 'tagReader', 'scanned')
  entity.happens(topic, (message, handle) => {
    const text = message.text()
    const value = text === undefined ? undefined : evaluate(text, message.json)
    if (value === undefined || value === null || typeof value === 'object') return
    const tag = String(value).trim()
    if (tag !== '') handle.event(part, 'tagReader', 'scanned', tag.slice(0, 128))
  })
}
