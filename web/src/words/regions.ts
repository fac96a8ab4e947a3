import { t } from '@lingui/core/macro'
import type { Region } from '@eaves/model'

const names: Readonly<Record<Region, () => string>> = {
  EU: () => t`European Union`,
  CN: () => t`China`,
  US: () => t`United States`,
  other: () => t`Elsewhere`,
}
/** Whose law reads the documents; called on each use, so that the words follow the language. */
export const regionName = (region: Region): string => names[region]()
