import type { DriverManifest } from '@eaves/driver-kit'
import { AppError, type FieldError } from '@eaves/model'
import type { ConnectionConfig } from '../drivers/data.ts'

const longestText = 16_384
const brokerSchemes = new Set(['mqtt:', 'mqtts:', 'ws:', 'wss:'])

/** A connection's settings, checked against what the driver's manifest asks for; every wrong one is named. */
export function checkConfig(
  manifest: DriverManifest,
  given: Readonly<Record<string, unknown>>,
): ConnectionConfig {
  const unknown = Object.keys(given).filter((key) => !manifest.config.some((field) => field.key === key))
  if (unknown.length > 0)
    throw new AppError('input.unknown-field', {
      errors: unknown.map((key) => ({ path: `config.${key}`, code: 'unknown-field' })),
    })
  const errors: FieldError[] = []
  const config: Record<string, string | boolean> = {}
  for (const { key, type, required } of manifest.config) {
    const value = Object.hasOwn(given, key) ? given[key] : undefined
    const path = `config.${key}`
    if (value === undefined || value === '') {
      if (required) errors.push({ path, code: 'required' })
    } else if (
      type === 'boolean'
        ? typeof value !== 'boolean'
        : typeof value !== 'string' || value.length > longestText
    )
      errors.push({ path, code: 'invalid-type' })
    else if (key === 'url' && manifest.id === 'mqtt' && !isBrokerUrl(value as string))
      errors.push({ path, code: 'not-a-broker-address' })
    else config[key] = value as string | boolean
  }
  if (errors.length > 0) throw new AppError('input.invalid', { errors })
  return config
}

function isBrokerUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && brokerSchemes.has(url.protocol) && url.hostname !== ''
}
