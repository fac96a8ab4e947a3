import type { VendorAttribute } from '@eaves/driver-kit'
import { put, type Target } from '../draft.ts'
import { field, isJson, jsonOf } from '../payload.ts'
import type { Entity } from './entity.ts'

const mostOfEntity = 16
const mostOfDevice = 64
const mostLooked = 64
const mostRenewals = 16
const longestText = 256

type Scalar = boolean | number | string
interface Learnt {
  readonly type: Extract<VendorAttribute['type'], 'boolean' | 'number' | 'text'>
  last: Scalar
}
/** What `json_attributes` have been seen of a device: their names are not known before they come. */
export class AttributeMemory {
  readonly sources = new Map<string, Map<string, Learnt>>()
  renewals = 0
  get size(): number {
    let size = 0
    for (const known of this.sources.values()) size += known.size
    return size
  }
}

/** Where somebody or something is, what opens a door to a network, and who its neighbours are: never read. */
const withheld =
  /^(lat|latitude|lon|lng|longitude|altitude|gps.*|location|coordinates|position_(lat|lon).*|.*(passw|passphrase|secret|token|credential|api_?key|private_?key|psk).*|b?ssid.*|.*ip_?(address|v4|v6)?|.*mac(_?address)?|hostname)$/i

/** Reads the attributes of an entity beside its value, as facts about the device. */
export function addAttributes(
  entity: Entity,
  memory: AttributeMemory,
  taken: Set<string>,
  renew: () => void,
): void {
  const topic = entity.topic('json_attributes_topic')
  // A tracker's attributes are where it is.
  if (topic === undefined || entity.source.component === 'device_tracker') return
  const source = `${topic}\n${entity.text('json_attributes_template') ?? ''}`
  // Several entities of a device often name the same message: it is read once.
  if (taken.has(source)) return
  const evaluate = entity.template('json_attributes_template')
  if (evaluate === undefined) return
  taken.add(source)
  const known = memory.sources.get(source) ?? new Map<string, Learnt>()
  memory.sources.set(source, known)
  const targets = declare(entity, known)
  entity.assembly.begins.push(() => {
    for (const [name, target] of targets) put(target, known.get(name)!.last)
  })
  const hasTemplate = entity.text('json_attributes_template') !== undefined
  entity.listen(topic, (message) => {
    const text = message.text()
    if (text === undefined) return
    const value = hasTemplate ? evaluate(text, message.json) : message.json()
    const dictionary = typeof value === 'string' ? jsonOf(value) : value
    if (!isJson(dictionary)) return
    let isNew = false
    for (const name of Object.keys(dictionary).slice(0, mostLooked)) {
      if (withheld.test(name) || entity.assembly.lookedUp.has(`${topic}\n${name}`)) continue
      const worth = field(dictionary, name)
      const type = typeOf(worth)
      if (type === undefined) continue
      const learnt = known.get(name)
      if (learnt === undefined) isNew = learn(memory, known, name, { type, last: worth as Scalar }) || isNew
      else if (learnt.type === type) {
        learnt.last = worth as Scalar
        const target = targets.get(name)
        if (target !== undefined) put(target, learnt.last)
      }
    }
    if (isNew && memory.renewals < mostRenewals) {
      memory.renewals++
      renew()
    }
  })
}
function typeOf(worth: unknown): Learnt['type'] | undefined {
  if (typeof worth === 'boolean') return 'boolean'
  if (typeof worth === 'number') return Number.isFinite(worth) ? 'number' : undefined
  return typeof worth === 'string' && worth.length <= longestText ? 'text' : undefined
}
function learn(memory: AttributeMemory, known: Map<string, Learnt>, name: string, learnt: Learnt): boolean {
  if (known.size >= mostOfEntity || memory.size >= mostOfDevice) return false
  if (name.length === 0 || name.length > 60 || /\p{Cc}/u.test(name)) return false
  known.set(name, learnt)
  return true
}
function declare(entity: Entity, known: ReadonlyMap<string, Learnt>): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>()
  for (const [name, { type }] of known) {
    const attribute: VendorAttribute = {
      type,
      name: name.replaceAll('_', ' '),
      readable: true,
      writable: false,
      category: 'diagnostic',
    }
    const target =
      entity.assembly.draft.vendor('main', `attribute.${name}`, attribute) ??
      entity.assembly.draft.vendor('main', `attribute.${entity.key}.${name}`.slice(0, 120), attribute)
    if (target !== undefined) targets.set(name, target)
  }
  return targets
}
