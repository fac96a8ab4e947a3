import type { DeviceView } from '@eaves/model'
import { rightsOn, unknownRights, type Rights, type Standing } from '../devices/rights.ts'
import { useQuery } from '@tanstack/react-query'
import { useHome } from './homes.ts'
import { selfQuery } from './panels.ts'
import { usePlace } from './place.ts'

/** What this person is in the home; undefined until it is known. Who may arrange devices is narrowed by nothing. */
function useStanding(home: string): Standing | undefined {
  const found = useHome(home)
  const isNarrow = found !== undefined && !found.verbs.includes('device.edit')
  const place = usePlace(home, isNarrow && found.verbs.includes('member.self'))
  const self = useQuery({ ...selfQuery, enabled: found?.role === 'kiosk' }).data
  if (found === undefined) return undefined
  const { role, verbs } = found
  if (role === 'kiosk') return self && { role, verbs, limits: self.limits as Standing['limits'] }
  if (!isNarrow || !verbs.includes('member.self')) return { role, verbs, limits: undefined }
  return place.data && { role, verbs, limits: place.data.limits as Standing['limits'] }
}
/** What this person can do with each device; nothing, and said to be unknown, until that is known. */
export function useRights(home: string): (device: DeviceView) => Rights {
  const standing = useStanding(home)
  return (device) => (standing === undefined ? unknownRights : rightsOn(standing, device))
}
