import { t } from '@lingui/core/macro'
import type { NamedPlace } from '@eaves/model/api'
import type { HomeOnPhone, PhoneTrouble } from '../../data/phone/phone.ts'
import { placeIn } from '../../data/phone/rule.ts'
import { isolated } from '../../words/later/reach.ts'
import { withUnit } from '../../words/numbers.ts'

export const meters = (value: number): string =>
  value < 1_000 ? withUnit(value, 'm', 0) : withUnit(value / 1_000, 'km', 1)

const roughWords = (known: number, radius: number): string => {
  const [knows, needs] = [meters(known), meters(radius)]
  return t`This phone knows its place only to within ${knows}; a circle of ${needs} takes better. Allow it the precise location, or choose a larger circle. Until then nothing is told.`
}

/** How it stands with one home on this phone. */
export function phoneWords({ is, roughMeters, kept }: HomeOnPhone, places: readonly NamedPlace[]): string {
  if (roughMeters !== undefined) return roughWords(roughMeters, kept.radiusMeters)
  if (is === undefined) return t`The phone has yet to find out.`
  const place = placeIn(is)
  const name = places.find(({ id }) => id === place)?.name
  if (name !== undefined) return t`This phone is at “${isolated(name)}”.`
  return is === 'home' ? t`This phone is at home.` : t`This phone is not at home.`
}

/** What is in the way, and what helps. */
export function troubleWords({ trouble, accuracyMeters }: PhoneTrouble, radius: number): string {
  if (trouble === 'refused')
    return t`Your browser does not let this page know where you are. Allow the location for this page in the browser’s settings, and for the browser in the phone’s, then try again.`
  if (trouble === 'asks')
    return t`Your browser wants to ask you again whether this page may know where you are. Until then the phone notices nothing.`
  if (trouble === 'rough') return roughWords(accuracyMeters ?? 0, radius)
  return t`The phone cannot tell where it is at the moment. See whether its location is switched on, and try again.`
}
