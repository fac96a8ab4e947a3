import { deviceActs, deviceKinds, isCapability, type DeviceShape, type PartShape } from '@eaves/model'
import { partShape } from '@eaves/model/api'
import { z } from 'zod'
import { isHardwareNumber } from './hardware.ts'
import { createShared } from './shared.ts'

/** What a device calls itself: no control characters, no half of one, nothing that turns the words around it. */
const unwanted = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu
const words = (longest: number) =>
  z.string().transform((text) => text.replace(unwanted, ' ').trim().slice(0, longest).replace(unwanted, ''))
const announced = z.object({
  nativeId: z.string().min(1).max(400),
  name: words(80),
  kind: z.enum(deviceKinds).catch('other'),
  manufacturer: words(120).optional(),
  model: words(120).optional(),
  firmware: words(120).optional(),
  confirmable: z.boolean(),
  sleepy: z.boolean().optional(),
  reportIntervalMs: z.number().positive().optional(),
  problems: z.array(words(300)).max(50).optional(),
  members: z.array(z.string().min(1).max(200)).max(256).optional(),
  acts: z.array(z.enum(deviceActs)).max(deviceActs.length).optional(),
  bridge: z.string().min(1).max(200).optional(),
  interview: z.enum(['waiting', 'running', 'done', 'failed']).optional(),
})
const announcedParts = z.array(partShape).min(1).max(64)

/** Zigbee devices are called by their address until someone names them: that is told to nobody. // pp.2.2.2 */
function nameOf({ name, manufacturer, model }: z.infer<typeof announced>): string {
  if (name !== '' && !isHardwareNumber(name)) return name
  return [manufacturer, model].filter(Boolean).join(' ').slice(0, 80) || 'Device'
}

/** Devices of one model have the same parts: they are looked at once for all of them. */
const known = createShared<readonly PartShape[] | undefined>(200)
function partsOf(input: unknown): readonly PartShape[] | undefined {
  if (!Array.isArray(input)) return undefined
  return known.of(JSON.stringify(input), () => readParts(input))
}

function readParts(input: unknown): readonly PartShape[] | undefined {
  const parsed = announcedParts.safeParse(input)
  if (!parsed.success) return undefined
  const ids = new Set<string>()
  const parts: PartShape[] = []
  for (const part of parsed.data) {
    if (ids.has(part.id) || part.id.length > 120) continue
    ids.add(part.id)
    const capabilities = Object.entries(part.capabilities).filter(([id]) => isCapability(id))
    parts.push({ ...(part as PartShape), capabilities: Object.fromEntries(capabilities) })
  }
  return parts
}

/** What a driver announced, brought to what the core can hold; undefined when it is no device at all. */
export function readShape(input: unknown): DeviceShape | undefined {
  const parsed = announced.safeParse(input)
  if (!parsed.success) return undefined
  const parts = partsOf((input as { readonly parts?: unknown }).parts)
  if (parts === undefined) return undefined
  return { ...(parsed.data as Omit<DeviceShape, 'parts'>), name: nameOf(parsed.data), parts }
}
