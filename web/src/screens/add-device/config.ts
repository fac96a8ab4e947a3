import type { DriverEntry } from '@eaves/model/api'

export type Typed = Readonly<Record<string, string | boolean>>
type Field = DriverEntry['config'][number]
/** Asked for at once; the rest is behind "More settings". */
export const isPlain = (driver: string, field: Field): boolean =>
  driver === 'mqtt' ? ['url', 'username', 'password'].includes(field.key) : field.required
/** The built-in broker is a way of its own, not a setting of this one. */
export const isShown = (driver: string, field: Field): boolean =>
  !(driver === 'mqtt' && field.key === 'embedded')
export const isNeeded = (driver: string, field: Field): boolean =>
  field.required || (driver === 'mqtt' && field.key === 'url')

/** Certificates and keys are several lines of text. */
export const isPem = (key: string): boolean => ['ca', 'cert', 'key'].includes(key)
/** What may be shown again in a form: nothing secret. */
export const shownAgain = ({ config }: Pick<DriverEntry, 'config'>, typed: Typed): Typed =>
  Object.fromEntries(
    config.flatMap(({ key, type }) =>
      type === 'secret' || typed[key] === undefined ? [] : [[key, typed[key]] as const],
    ),
  )

const hasScheme = /^[a-z]+:\/\//i
/** A host alone is meant as an address: "192.168.1.5" is mqtt://192.168.1.5. */
export function brokerAddress(text: string): string {
  const typed = text.trim()
  return typed === '' || hasScheme.test(typed) ? typed : `mqtt://${typed}`
}

/** What is sent: trimmed, without what was left empty. Secrets are sent as they were typed. */
export function configOf(
  { id, config }: Pick<DriverEntry, 'id' | 'config'>,
  typed: Typed,
): Readonly<Record<string, string | boolean>> {
  return Object.fromEntries(
    config.flatMap((field): [string, string | boolean][] => {
      const value = typed[field.key]
      if (field.type === 'boolean') return value === true ? [[field.key, true]] : []
      const text =
        typeof value !== 'string'
          ? ''
          : field.type === 'secret'
            ? value
            : id === 'mqtt' && field.key === 'url'
              ? brokerAddress(value)
              : value.trim()
      return text === '' ? [] : [[field.key, text]]
    }),
  )
}

export function faultsIn(
  { id, config }: Pick<DriverEntry, 'id' | 'config'>,
  values: Typed,
): Readonly<Record<string, 'missing' | 'address'>> {
  const faults: Record<string, 'missing' | 'address'> = {}
  for (const field of config)
    if (isShown(id, field) && isNeeded(id, field) && values[field.key] === undefined)
      faults[field.key] = 'missing'
  if (id === 'mqtt' && typeof values.url === 'string' && !isBroker(values.url)) faults.url = 'address'
  return faults
}
function isBroker(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && ['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(url.protocol) && url.hostname !== ''
}
