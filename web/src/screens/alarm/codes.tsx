import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AlarmCodeView } from '@eaves/model/api'
import { Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useAlarmCodes, useChangeAlarm } from '../../data/alarm.ts'
import { useConnection } from '../../data/connection.ts'
import { useMembers } from '../../data/members.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { toFaulty } from '../../ui/faulty.ts'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { memberName } from '../../words/later/members.ts'
import { dateAndTime } from '../../words/time.ts'
import { endFault, WhenField } from '../members/when-field.tsx'

/** Codes of everybody, none of which is shown; those of guests and visitors are made here. */
export function Codes({ home }: { readonly home: string }) {
  const codes = useAlarmCodes(home)
  const [adding, setAdding] = useState(false)
  const { removeCode } = useChangeAlarm(home)
  if (!codes.data)
    return codes.error ? <QueryError error={codes.error} retry={codes.refetch} /> : <BlockSkeleton />
  return (
    <section aria-labelledby="codes" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="codes" className="text-group">
        <Trans>Codes</Trans>
      </h2>
      <p className="text-body text-muted">
        <Trans>
          Whoever lives here sets their own, on the page of the alarm. Nobody can read a code, not even you.
        </Trans>
      </p>
      <Failure error={removeCode.error} />
      {codes.data.length > 0 && (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
          {codes.data.map((code) => (
            <CodeRow key={code.id} home={home} code={code} onRemove={() => removeCode.mutate(code.id)} />
          ))}
        </ul>
      )}
      <Disclosure title={t`A code for a guest or visitor`} open={adding} onChange={setAdding}>
        <CodeForm home={home} onDone={() => setAdding(false)} />
      </Disclosure>
    </section>
  )
}

function CodeRow({
  home,
  code,
  onRemove,
}: {
  readonly home: string
  readonly code: AlarmCodeView
  readonly onRemove: () => void
}) {
  const members = useMembers(home).data
  const { live } = useConnection()
  const member = members?.find(({ accountId }) => accountId === code.member)
  const name = code.name ?? (member ? memberName(member) : t`A member`)
  const [from, until] = [code.from, code.until].map((each) => each && dateAndTime(each))
  return (
    <li className="flex items-center justify-between gap-3 py-2">
      <div className="min-w-0 wrap-anywhere">
        <p className="text-card">{name}</p>
        {(from ?? until) && (
          <p className="text-state text-muted">
            {from && until ? (
              <Trans>
                From {from} until {until}
              </Trans>
            ) : until ? (
              <Trans>Until {until}</Trans>
            ) : (
              <Trans>From {from}</Trans>
            )}
          </p>
        )}
      </div>
      <IconButton
        icon={Trash2}
        label={t`Take the code away: ${name}`}
        isDisabled={!live}
        onPress={onRemove}
      />
    </li>
  )
}

const visitor = 'visitor'
function CodeForm({ home, onDone }: { readonly home: string; readonly onDone: () => void }) {
  const { live } = useConnection()
  const guests = (useMembers(home).data ?? []).filter(({ role }) => role === 'guest')
  const { addCode } = useChangeAlarm(home)
  const [whose, setWhose] = useState<string>(visitor)
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const form = useRef<HTMLDivElement>(null)
  const isReady = code.length >= 4 && (whose !== visitor || name.trim() !== '') && live && !addCode.isPending
  const save = (): void => {
    if (!isReady) return
    addCode.mutate(
      {
        code,
        ...(whose === visitor ? { name: name.trim() } : { member: whose }),
        ...(from === '' ? {} : { from: new Date(from).toISOString() }),
        ...(until === '' ? {} : { until: new Date(until).toISOString() }),
      },
      { onSuccess: onDone },
    )
  }
  return (
    <div ref={form} className="grid grid-cols-[minmax(0,1fr)] gap-4 py-2">
      <Failure error={addCode.error} />
      {guests.length > 0 && (
        <Select
          label={t`For whom`}
          value={whose}
          options={[
            { id: visitor, name: t`A visitor without an account` },
            ...guests.map(({ accountId, name: guest }) => ({ id: accountId, name: guest ?? t`A guest` })),
          ]}
          onChange={setWhose}
        />
      )}
      {whose === visitor && <TextField label={t`Name`} value={name} onChange={setName} maxLength={80} />}
      <TextField
        label={t({ context: 'alarm', message: 'Code' })}
        hint={t`Four to eight digits`}
        value={code}
        onChange={(text) => setCode(text.replaceAll(/\D/g, '').slice(0, 8))}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
      />
      <div className="grid gap-4 md:grid-cols-2">
        <WhenField label={t`From (optional)`} value={from} onChange={setFrom} />
        <WhenField
          label={t`Until (optional)`}
          value={until}
          error={endFault(from, until)}
          onChange={setUntil}
        />
      </div>
      <div>
        <Button variant="primary" isDisabled={!isReady} onPress={() => toFaulty(form.current) || save()}>
          <Trans>Make the code</Trans>
        </Button>
      </div>
    </div>
  )
}
