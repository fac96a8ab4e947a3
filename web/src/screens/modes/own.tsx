import { i18n } from '@lingui/core'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { mostOwnModes } from '@eaves/model'
import type { ModesView, OwnMode } from '@eaves/model/api'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useChangeModes } from '../../data/modes.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { TextField } from '../../ui/field.tsx'
import { Part } from '../../ui/part.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { modesOf } from '../../words/later/modes.ts'

const isSameName = (one: string, other: string): boolean =>
  one.localeCompare(other, i18n.locale, { sensitivity: 'accent' }) === 0

/** Modes that this home named, such as “Guests”. */
export function OwnModes({ home, view }: { readonly home: string; readonly view: ModesView }) {
  const { add, remove } = useChangeModes(home)
  const { live } = useConnection()
  const [name, setName] = useState('')
  const [asking, setAsking] = useState<OwnMode>()
  const onError = (error: Error) => toasts.show(errorWords(error).title)
  const wished = name.trim()
  // Also “Away”: nobody could tell the two apart.
  const isTaken = modesOf(view.own).some((each) => isSameName(each.name, wished))
  const send = (): void => {
    if (wished !== '' && !isTaken) add.mutate(wished, { onError, onSuccess: () => setName('') })
  }
  return (
    <Part
      id="own-modes"
      title={t`Modes of your own`}
      lead={<Trans>Up to {mostOwnModes}, such as “Guests” or “Work from home”.</Trans>}
    >
      {view.own.length > 0 && (
        <ul className="grid">
          {view.own.map((mode) => (
            <li
              key={mode.id}
              className="flex min-h-11 items-center justify-between gap-3 border-b border-line"
            >
              <bdi className="min-w-0 text-card wrap-anywhere">{mode.name}</bdi>
              <IconButton
                icon={Trash2}
                label={t`Remove the mode ${mode.name}`}
                isDisabled={!live || mode.id === view.mode}
                onPress={() => setAsking(mode)}
              />
            </li>
          ))}
        </ul>
      )}
      {view.own.length < mostOwnModes && (
        <div className="grid gap-3">
          <TextField
            label={t`Name of a new mode`}
            value={name}
            onChange={setName}
            onSubmit={send}
            maxLength={80}
            {...(isTaken ? { error: t`There is a mode of this name.` } : {})}
          />
          <div>
            <Button isDisabled={!live || wished === '' || isTaken || add.isPending} onPress={send}>
              <Trans>Add the mode</Trans>
            </Button>
          </div>
        </div>
      )}
      <Confirm
        open={asking !== undefined}
        title={t`Remove the mode “${asking?.name ?? ''}”?`}
        verb={t`Remove`}
        busy={remove.isPending}
        onClose={() => setAsking(undefined)}
        onConfirm={() =>
          asking && remove.mutate(asking.id, { onError, onSettled: () => setAsking(undefined) })
        }
      >
        <Trans>Automations that name it stay and say that something is missing.</Trans>
      </Confirm>
    </Part>
  )
}
