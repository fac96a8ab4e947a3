import { t } from '@lingui/core/macro'
import type { AutomationBody } from '@eaves/model/api'
import { useFindings } from '../../data/automations.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Part } from '../../ui/part.tsx'
import { Findings } from './findings.tsx'
import type { Names } from './names.ts'

interface LookedProps {
  readonly home: string
  readonly names: Names
  /** The one that is saved; with `body`, as it is being written. */
  readonly id?: string | undefined
  readonly body?: AutomationBody
  /** Whether it says so as well when nothing was found. */
  readonly always?: boolean
}
/** What looks wrong, doubtful or dangerous in an automation among all others of the home; it is saved all the same. */
export function Looked({ home, names, id, body, always = false }: LookedProps) {
  const { data, error, refetch } = useFindings(home, {
    ...(id === undefined ? {} : { id }),
    ...(body === undefined ? {} : { automation: body }),
  })
  if (error) return always ? <QueryError error={error} retry={refetch} /> : null
  if (data === undefined || (data.checks.length === 0 && !always)) return null
  const nameIn = (all: readonly { readonly id: string; readonly name: string }[]) => (each: string) =>
    all.find((one) => one.id === each)?.name
  return (
    <Part id={body === undefined ? 'looked' : 'looked-draft'} title={t`What looks wrong`}>
      <Findings
        findings={data.checks}
        nameOfAutomation={nameIn(names.automations)}
        nameOfDevice={nameIn(names.devices)}
      />
    </Part>
  )
}
