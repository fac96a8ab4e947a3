import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { PasskeyRow } from '@eaves/model/api'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { deviceLabel } from '../../../data/device-label.ts'
import { passkeysWork, useAddPasskey, usePasskeys, useRemovePasskey } from '../../../data/passkeys.ts'
import { Failure } from '../../../shell/failure.tsx'
import { QueryError } from '../../../shell/query-error.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { BlockSkeleton } from '../../../ui/skeleton.tsx'
import { toasts } from '../../../ui/toasts.ts'
import { ago, dateAndTime } from '../../../words/time.ts'
import { Row, Rows } from '../page.tsx'
import { RenamePasskey } from './rename-passkey.tsx'
import { Part } from '../../../ui/part.tsx'

export function Passkeys() {
  const list = usePasskeys()
  const add = useAddPasskey()
  return (
    <Part
      id="passkeys"
      title={t`Passkeys`}
      lead={
        <Trans>
          The quickest and safest way in: your device’s fingerprint, face or PIN instead of a code. Nothing to
          type, nothing to steal.
        </Trans>
      }
    >
      <Failure error={add.error} />
      {list.error && !list.data ? (
        <QueryError error={list.error} retry={list.refetch} />
      ) : !list.data ? (
        <BlockSkeleton />
      ) : list.data.length === 0 ? null : (
        <Rows>
          {list.data.map((row) => (
            <Passkey key={row.id} row={row} />
          ))}
        </Rows>
      )}
      {passkeysWork() ? (
        <div>
          <Button
            icon={KeyRound}
            isDisabled={add.isPending}
            onPress={() =>
              add.mutate(deviceLabel().device ?? t`Passkey`, {
                onSuccess: () => toasts.show(t`The passkey is added. Next time it lets you in.`),
              })
            }
          >
            <Trans>Add a passkey</Trans>
          </Button>
        </div>
      ) : (
        <p className="text-state font-normal text-muted">
          <Trans>
            Passkeys do not work here: this browser knows none, or Eaves was opened by a bare network address
            instead of a name.
          </Trans>
        </p>
      )}
    </Part>
  )
}

function Passkey({ row }: { readonly row: PasskeyRow }) {
  const [asked, ask] = useState<'rename' | 'remove'>()
  const remove = useRemovePasskey()
  const close = () => ask(undefined)
  return (
    <Row
      action={
        <div className="flex flex-wrap gap-2">
          <Button aria-label={t`Rename ${row.name}`} onPress={() => ask('rename')}>
            <Trans>Rename</Trans>
          </Button>
          <Button variant="danger" aria-label={t`Remove ${row.name}`} onPress={() => ask('remove')}>
            <Trans>Remove</Trans>
          </Button>
        </div>
      }
    >
      <span className="text-card wrap-anywhere">{row.name}</span>
      <span className="text-state font-normal text-muted">
        {row.lastUsedAt === undefined ? (
          <Trans>Added {dateAndTime(row.createdAt)}, never used</Trans>
        ) : (
          <Trans>
            Added {dateAndTime(row.createdAt)}, last used {ago(row.lastUsedAt)}
          </Trans>
        )}{' '}
        · <Trans>works at {row.host}</Trans>
      </span>
      <Failure error={remove.error} />
      {asked === 'rename' && <RenamePasskey row={row} onClose={close} />}
      <Confirm
        open={asked === 'remove'}
        title={t`Remove ${row.name}?`}
        verb={t`Remove passkey`}
        onClose={close}
        onConfirm={() => {
          close()
          remove.mutate(row.id)
        }}
      >
        <p>
          <Trans>
            It no longer lets anybody in here. Your device may go on offering it; remove it there too.
          </Trans>
        </p>
      </Confirm>
    </Row>
  )
}
