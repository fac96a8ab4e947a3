import type { AutomationFinding, FindingCode } from '@eaves/model/api'
import { findingCodes } from '@eaves/model/api'

type More = Partial<Omit<AutomationFinding, 'code' | 'at'>>
export type Say = (code: FindingCode, at: string, more?: More) => void

/** The same thing at the same place is said once. */
export function findingsOf(look: (say: Say) => void): AutomationFinding[] {
  const found = new Map<string, AutomationFinding>()
  look((code, at, more = {}) => {
    const key = `${code} ${at} ${more.other ?? ''} ${more.device ?? ''} ${more.what ?? ''}`
    if (!found.has(key)) found.set(key, { code, severity: findingCodes[code], at, ...more })
  })
  return [...found.values()]
}
