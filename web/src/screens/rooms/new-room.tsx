import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useCreateRoom } from '../../data/room-changes.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { errorWords } from '../../words/errors.ts'

export function NewRoom({ home, onClose }: { readonly home: string; readonly onClose: () => void }) {
  const [name, setName] = useState('')
  const create = useCreateRoom(home)
  const save = (): void => {
    if (name.trim() !== '' && !create.isPending) create.mutate({ name: name.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Add room`}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" isDisabled={name.trim() === '' || create.isPending} onPress={save}>
            <Trans>Add room</Trans>
          </Button>
        </>
      }
    >
      <TextField
        label={t`Name`}
        value={name}
        onChange={setName}
        autoFocus
        maxLength={80}
        onSubmit={save}
        hint={t`For example Kitchen. Only the people of this home see it; nothing about people’s health, beliefs or papers belongs here.`}
        error={create.error ? errorWords(create.error).title : undefined}
      />
    </Dialog>
  )
}
