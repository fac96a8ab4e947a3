import type { ImageType } from '@eaves/driver-kit'
import type { Entity } from './entity.ts'

/** What passes the door of the kit. */
const mostImageBytes = 512 * 1024
/** A camera that sends a film of pictures is seen once in a while: it is a picture, no film. */
const soonestMs = 1000

/** What a picture is, by its first bytes; what a device says of it is not believed. */
export function typeOf(bytes: Buffer): ImageType | undefined {
  if (bytes.length < 12) return undefined
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (bytes.readUInt32BE(0) === 0x89504e47 && bytes.readUInt32BE(4) === 0x0d0a1a0a) return 'image/png'
  if (bytes.toString('latin1', 0, 4) === 'GIF8') return 'image/gif'
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
  return isWebp ? 'image/webp' : undefined
}

/** A picture on a topic: its bytes, or the same in base64. */
function addPicture(entity: Entity, topicKey: string, isEvent: boolean): void {
  const topic = entity.topic(topicKey)
  if (topic === undefined) return
  const { assembly, part } = entity
  const isBase64 = entity.text('image_encoding') === 'b64'
  assembly.draft.event(part, 'camera', 'snapshot')
  let lastMs = Number.NEGATIVE_INFINITY
  entity.isHearing = true
  entity.follows(topic, (message, handle) => {
    entity.freshness?.seen()
    const now = assembly.now()
    if (now - lastMs < soonestMs) return
    const { payload } = message
    if (payload.length > mostImageBytes * (isBase64 ? 1.4 : 1)) return
    const bytes = isBase64 ? Buffer.from(payload.toString('latin1'), 'base64') : payload
    const type = typeOf(bytes)
    if (type === undefined || bytes.length > mostImageBytes) return
    lastMs = now
    handle.image(part, type, bytes)
    if (isEvent && !message.retained) handle.event(part, 'camera', 'snapshot')
  })
}

export function addCamera(entity: Entity): void {
  addPicture(entity, 'topic', false)
}
export function addImage(entity: Entity): void {
  if (entity.topic('image_topic') !== undefined) return addPicture(entity, 'image_topic', true)
  if (entity.text('url_topic') !== undefined)
    entity.problem('its pictures are addresses of the internet, and nothing is fetched from outside')
}
