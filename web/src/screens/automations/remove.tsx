import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationView } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useChangeAutomations } from '../../data/automations.ts'
import { useConnection } from '../../data/connection.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'

/** Ends an automation for good, with how it read before and what its runs did. */
export function Remove({ home, automation }: { readonly home: string; readonly automation: AutomationView }) {
  const [asks, setAsks] = useState(false)
  const { remove } = useChangeAutomations(home)
  const { live } = useConnection()
  const navigate = useNavigate()
  const end = (): void =>
    remove.mutate(automation.id, {
      onSuccess: () => void navigate({ to: paths.automations(home), ignoreBlocker: true }),
      onSettled: () => setAsks(false),
    })
  return (
    <div className="grid gap-3 justify-items-start">
      <Failure error={remove.error} />
      <Button variant="danger" isDisabled={!live} onPress={() => setAsks(true)}>
        <Trans>Delete this automation</Trans>
      </Button>
      <Confirm
        open={asks}
        title={t`Delete “${automation.name}”?`}
        verb={t`Delete`}
        busy={remove.isPending}
        onClose={() => setAsks(false)}
        onConfirm={end}
      >
        <p>
          <Trans>
            Its versions and what its runs did are deleted with it. Switched off, it is kept and does nothing.
          </Trans>
        </p>
      </Confirm>
    </div>
  )
}
