import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useEditRoom } from '../../data/room-changes.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { errorWords } from '../../words/errors.ts'

export function RenameRoom({
  home,
  room,
  name,
  onClose,
}: {
  readonly home: string
  readonly room: string
  readonly name: string
  readonly onClose: () => void
}) {
  const [text, setText] = useState(name)
  const edit = useEditRoom(home)
  const save = (): void => {
    if (text.trim() !== '' && !edit.isPending)
      edit.mutate({ room, name: text.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Rename room`}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" isDisabled={text.trim() === '' || edit.isPending} onPress={save}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <TextField
        label={t`Name`}
        value={text}
        onChange={setText}
        autoFocus
        maxLength={80}
        onSubmit={save}
        error={edit.error ? errorWords(edit.error).title : undefined}
      />
    </Dialog>
  )
}
