import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Config } from './config.ts'
import { readOperator, readRecipients, type Operator, type Registered } from './privacy/privacy.ts'
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

/** Who may get something, in both roles; nobody unless the register names them. // pp.3.1 pp.3.1.p */
export function recipientsOf({ recipientsFile }: Pick<Config, 'recipientsFile'>): readonly Registered[] {
  const text = existsSync(recipientsFile) ? readFileSync(recipientsFile, 'utf8') : undefined
  const read = readRecipients(text, (path) => {
    try {
      return readFileSync(resolve(dirname(recipientsFile), path), 'utf8').trim()
    } catch {
      return undefined
    }
  })
  if ('recipients' in read) return read.recipients
  throw new StartError(
    `The register of recipients ${recipientsFile} is not right, and nothing is sent by a register that is not. Correct it and start again: ${read.faults.join('; ')}.`,
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
