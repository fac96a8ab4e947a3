import { existsSync, readFileSync } from 'node:fs'
import type { Config } from './config.ts'
import { readOperator, type Operator } from './privacy/privacy.ts'
import { StartError } from './start-error.ts'
import { instanceValue, keepInstanceValue } from './store/instance.ts'
import type { Stores } from './store/stores.ts'

/** A hosted server must name who answers for it, whole. // pp.9 fm.controller */
export function operatorOf({ role, operatorFile }: Config): Operator | undefined {
  if (role === 'household') return undefined
  const read = readOperator(existsSync(operatorFile) ? readFileSync(operatorFile, 'utf8') : undefined)
  if ('operator' in read) return read.operator
  throw new StartError(
    `In hosted the operator must be named completely in ${operatorFile}. Not right yet: ${read.faults.join('; ')}.`,
  )
}

export async function sameRole(stores: Stores, { role }: Config): Promise<void> {
  const stored = await instanceValue(stores.facts, 'role')
  if (stored === undefined) await keepInstanceValue(stores.facts, 'role', role)
  else if (stored !== role)
    throw new StartError(
      `This data folder was made in the role ${stored}, but EAVES_ROLE says ${role}. Start it as ${stored}, or use another data folder.`,
    )
}
