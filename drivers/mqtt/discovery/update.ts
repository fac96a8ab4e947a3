import { put } from '../draft.ts'
import { clamp, field, isJson, jsonOf, toNumber } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import type { Entity } from './entity.ts'

/** What is installed and what there is; a state may be a text or an object with all of it. */
interface Known {
  installed: string | undefined
  available: string | undefined
  isBusy: boolean
}

export function addUpdate(entity: Entity): void {
  const known: Known = { installed: undefined, available: undefined, isBusy: false }
  const hasState = entity.canRead('state_topic', 'value_template')
  const hasLatest = entity.canRead('latest_version_topic', 'latest_version_template')
  if (hasState || hasLatest) readVersions(entity, known, hasState, hasLatest)
  const payload = entity.text('payload_install')
  if (payload !== undefined)
    entity.send('firmware', 'install', 'command_topic', 'command_template', () => payload)
}

function readVersions(entity: Entity, known: Known, hasState: boolean, hasLatest: boolean): void {
  const state = entity.attribute('firmware', 'state')
  const installed = entity.attribute('firmware', 'installed')
  const available = entity.attribute('firmware', 'available')
  const progress = hasState ? entity.attribute('firmware', 'progressPercent') : undefined
  const tell = (): void => {
    if (installed !== undefined) put(installed, known.installed)
    if (available !== undefined) put(available, known.available)
    if (state === undefined) return
    if (known.isBusy) put(state, 'updating')
    else if (known.installed !== undefined && known.available !== undefined)
      put(state, known.installed === known.available ? 'current' : 'available')
  }
  if (hasState)
    entity.read('state_topic', 'value_template', (value) => {
      const object = typeof value === 'string' && value.startsWith('{') ? jsonOf(value) : value
      if (!isJson(object)) known.installed = version(value) ?? known.installed
      else {
        known.installed = version(field(object, 'installed_version') as Worth) ?? known.installed
        known.available = version(field(object, 'latest_version') as Worth) ?? known.available
        const percent = toNumber(field(object, 'update_percentage'))
        const busy = field(object, 'in_progress')
        known.isBusy = busy === true || (typeof busy === 'number' && busy > 0) || percent !== undefined
        if (progress !== undefined && percent !== undefined) put(progress, clamp(Math.round(percent), 0, 100))
      }
      tell()
    })
  if (hasLatest)
    entity.read('latest_version_topic', 'latest_version_template', (value) => {
      known.available = version(value) ?? known.available
      tell()
    })
}
function version(value: Worth): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).trim()
  return text === '' || text === 'None' || text === 'null' ? undefined : text.slice(0, 128)
}
