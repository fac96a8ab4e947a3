import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { PasskeyRow } from '@eaves/model/api'
import { useState } from 'react'
import { useRenamePasskey } from '../../../data/passkeys.ts'
import { Failure } from '../../../shell/failure.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'

export function RenamePasskey({ row, onClose }: { readonly row: PasskeyRow; readonly onClose: () => void }) {
  const [name, setName] = useState(row.name)
  const rename = useRenamePasskey()
  const submit = (): void => {
    if (name.trim() !== '' && !rename.isPending)
      rename.mutate({ id: row.id, name: name.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Rename passkey`}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" isDisabled={rename.isPending || name.trim() === ''} onPress={submit}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <Failure error={rename.error} />
      <TextField
        label={t`Name of the passkey`}
        value={name}
        onChange={setName}
        onSubmit={submit}
        maxLength={80}
        autoComplete="off"
        autoFocus
        notice={
          <Notice
            why={t`So that you can tell your passkeys apart.`}
            mandatory={t`Optional. Without it, it is called “Passkey”.`}
            keptFor={t`encrypted, until you remove it`}
            recipients={[]}
          />
        }
      />
    </Dialog>
  )
}
