import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { SupportCase } from '@eaves/model/api'
import { useState } from 'react'
import { useEndCase, useLetIn, useSupportCases } from '../../data/access.ts'
import { useOnline } from '../../data/online.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { dateAndTime } from '../../words/time.ts'
import { Row, Rows } from '../me/page.tsx'
import { Part } from './part.tsx'

const choices = ['1', '4', '24'] as const

/** One's own door for support: by hours, closed at any moment. // pp.5.1 */
export function LetIn() {
  const cases = useSupportCases()
  const letIn = useLetIn()
  const online = useOnline()
  const [hours, setHours] = useState<(typeof choices)[number]>('4')
  const open = cases.data?.filter(({ isOpen }) => isOpen) ?? []
  return (
    <Part id="let-in" title={t`Let support look`}>
      <p>
        <Trans>
          Then support sees your address, number and language, to help you; nothing of your home. Tell them
          the case: without it they find nothing.
        </Trans>
      </p>
      <Failure error={letIn.error} />
      {cases.error && !cases.data ? (
        <QueryError error={cases.error} retry={cases.refetch} level={2} />
      ) : cases.data ? (
        open.length > 0 && (
          <Rows>
            {open.map((each) => (
              <OpenCase key={each.id} of={each} />
            ))}
          </Rows>
        )
      ) : (
        <BlockSkeleton />
      )}
      <div className="flex flex-wrap items-end gap-3">
        <Segmented
          label={t`For how long`}
          options={choices.map((id) => ({ id, name: hoursName(Number(id)) }))}
          value={hours}
          onChange={setHours}
        />
        <Button
          isDisabled={!online || letIn.isPending || !cases.data}
          onPress={() => letIn.mutate(Number(hours))}
        >
          <Trans>Let support look</Trans>
        </Button>
      </div>
    </Part>
  )
}

const hoursName = (hours: number) => (hours === 1 ? t`1 hour` : t`${hours} hours`)

function OpenCase({ of: { id, until } }: { readonly of: SupportCase }) {
  const end = useEndCase()
  const online = useOnline()
  return (
    <Row
      action={
        <div className="flex flex-wrap gap-2">
          <CopyButton text={id} label={t`the case`} />
          <Button isDisabled={!online || end.isPending} onPress={() => end.mutate(id)}>
            <Trans context="support">End it now</Trans>
          </Button>
        </div>
      }
    >
      <Failure error={end.error} />
      <h3 className="text-card">
        <Trans>Support may look</Trans>
      </h3>
      <p className="text-state font-normal text-muted">
        <Trans>until {dateAndTime(until)}</Trans>
      </p>
      <p>
        <code className="select-all">{id}</code>
      </p>
    </Row>
  )
}
