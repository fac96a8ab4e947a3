import { t } from '@lingui/core/macro'
import type { FamilyStatus } from '@eaves/model'

const words: Readonly<Record<FamilyStatus, () => string>> = {
  alone: () => t`One person`,
  couple: () => t`A couple`,
  family: () => t`A family with children`,
  generations: () => t`Several generations`,
  shared: () => t`A shared flat`,
  other: () => t`Something else`,
}
export const statusWord = (status: FamilyStatus): string => words[status]()
export const statusOptions = (): { readonly id: FamilyStatus; readonly name: string }[] =>
  (Object.keys(words) as FamilyStatus[]).map((id) => ({ id, name: words[id]() }))
