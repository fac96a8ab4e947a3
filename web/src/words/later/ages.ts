import { t } from '@lingui/core/macro'
import { ageBands, type AgeBand } from '@eaves/model'

const names: Readonly<Record<AgeBand, () => string>> = {
  'under-13': () => t`Under 13`,
  '13': () => t`13`,
  '14-15': () => t`14 or 15`,
  '16-17': () => t`16 or 17`,
  '18-plus': () => t`18 or older`,
}
export const ageName = (age: AgeBand): string => names[age]()
/** Every age stands alike; none is named first because it would get further. // pp.6 */
export const ages = ageBands as readonly AgeBand[]
