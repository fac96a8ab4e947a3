import { formatLocale } from './formats.ts'

export const browserZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
/** Every zone this browser knows, with its offset of today: "Europe/Berlin (GMT+1)". */
export function zoneOptions(): { readonly id: string; readonly name: string }[] {
  const zones = new Set([browserZone(), ...Intl.supportedValuesOf('timeZone'), 'UTC'])
  return [...zones]
    .map((id) => ({ id, name: `${id.replaceAll('_', ' ')} (${offsetOf(id)})` }))
    .toSorted((a, b) => a.id.localeCompare(b.id))
}
function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat(formatLocale(), {
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).formatToParts()
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
}
