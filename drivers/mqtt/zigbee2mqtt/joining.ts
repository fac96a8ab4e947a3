import type { DriverContext, Joining } from '@eaves/driver-kit'
import { field, isJson, jsonOf, textField, textOf } from '../payload.ts'
import type { Incoming } from '../topics.ts'
import { addressOf, type Listed } from './devices.ts'

type Stage = Joining['stage']
const mostFollowed = 1000

/** What `bridge/event` says of one device. */
export interface NetworkEvent {
  readonly type: 'joined' | 'announced' | 'interviewing' | 'ready' | 'failed' | 'left'
  readonly nativeId: string
  readonly name?: string
  readonly manufacturer?: string
  readonly model?: string
}
const interviews: Readonly<Record<string, NetworkEvent['type']>> = {
  started: 'interviewing',
  successful: 'ready',
  failed: 'failed',
}

/** Reads one message of `bridge/event`; undefined for what it does not know. */
export function readEvent(message: Incoming): NetworkEvent | undefined {
  const event = message.retained ? undefined : jsonOf(textOf(message.payload))
  const data = isJson(event) ? field(event, 'data') : undefined
  if (!isJson(event) || !isJson(data)) return undefined
  const nativeId = addressOf(field(data, 'ieee_address'))
  const type = typeOf(field(event, 'type'), field(data, 'status'))
  if (nativeId === undefined || type === undefined) return undefined
  const definition = field(data, 'definition')
  const short = (key: string): string | undefined =>
    isJson(definition) ? textField(definition, key, 512)?.slice(0, 128) : undefined
  const [name, manufacturer, model] = [
    textField(data, 'friendly_name')?.slice(0, 128),
    short('vendor'),
    short('model'),
  ]
  return {
    type,
    nativeId,
    ...(name === undefined ? {} : { name }),
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(model === undefined ? {} : { model }),
  }
}
function typeOf(type: unknown, status: unknown): NetworkEvent['type'] | undefined {
  if (type === 'device_joined') return 'joined'
  if (type === 'device_announce') return 'announced'
  if (type === 'device_leave') return 'left'
  if (type !== 'device_interview' || typeof status !== 'string') return undefined
  return Object.hasOwn(interviews, status) ? interviews[status] : undefined
}

/** Follows the devices on their way in through one bridge and tells each stage once. */
export class JoiningTracker {
  readonly #bridge: string
  readonly #tell: DriverContext['joining']
  readonly #stages = new Map<string, Stage>()

  constructor(bridge: string, tell: DriverContext['joining']) {
    this.#bridge = bridge
    this.#tell = tell
  }
  /** Whether its interview is about to begin or under way. */
  isUnderWay(nativeId: string): boolean {
    const stage = this.#stages.get(nativeId)
    return stage === 'joined' || stage === 'interviewing'
  }
  /** An announcement is a device switched on: news only when it was not known. */
  take({ type, ...about }: NetworkEvent, isKnown: boolean): void {
    if (type === 'announced' && (isKnown || this.#stages.has(about.nativeId))) return
    this.#say({ ...about, bridge: this.#bridge, stage: type === 'announced' ? 'joined' : type })
  }
  /** A device in the list that is no device yet, as after a restart in the midst of an interview. */
  listed({ described, interview }: Listed): void {
    const stage = interview === 'running' ? 'interviewing' : 'joined'
    if (this.#stages.get(described.ieee) === 'interviewing' && stage === 'joined') return
    this.#say({ bridge: this.#bridge, nativeId: described.ieee, name: described.name, stage })
  }
  /** A listed device whose interview has ended without an event that said so. */
  settled({ described }: Listed, stage: 'ready' | 'failed'): void {
    if (!this.isUnderWay(described.ieee)) return
    const { ieee, name, manufacturer, model } = described
    this.#say({
      bridge: this.#bridge,
      nativeId: ieee,
      name,
      stage,
      ...(manufacturer === undefined ? {} : { manufacturer }),
      ...(model === undefined ? {} : { model }),
    })
  }

  #say(joining: Joining): void {
    if (this.#stages.get(joining.nativeId) === joining.stage) return
    this.#stages.delete(joining.nativeId)
    this.#stages.set(joining.nativeId, joining.stage)
    for (const oldest of this.#stages.keys()) {
      if (this.#stages.size <= mostFollowed) break
      this.#stages.delete(oldest)
    }
    this.#tell(joining)
  }
}
