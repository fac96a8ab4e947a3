import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Member } from '@eaves/model/api'
import { useState } from 'react'
import { useEditMember } from '../../data/members.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Part } from '../../ui/part.tsx'
import { toasts } from '../../ui/toasts.ts'
import { faultsIn } from './place-model.ts'

/** What the home calls oneself; an owner is named by nobody else. */
export function OwnName({ home, place }: { readonly home: string; readonly place: Member }) {
  const kept = place.name ?? ''
  const [typed, setTyped] = useState<string>()
  const edit = useEditMember(home, place.accountId)
  const name = (typed ?? kept).trim()
  const save = (): void => {
    if (name === kept || edit.isPending) return
    edit.mutate(
      { name: name === '' ? null : name },
      {
        onSuccess: () => {
          setTyped(undefined)
          toasts.show(name === '' ? t`Your name in this home is gone.` : t`Your name in this home is set.`)
        },
      },
    )
  }
  return (
    <Part id="name" title={t`Your name in this home`}>
      <Failure error={edit.error} />
      <TextField
        label={t`What the home calls you (optional)`}
        value={typed ?? kept}
        onChange={(next) => {
          setTyped(next)
          if (edit.error) edit.reset()
        }}
        onSubmit={save}
        error={faultsIn(edit.error).includes('name') ? t`Give a name that can be read, or none.` : undefined}
        maxLength={80}
        autoComplete="off"
        notice={
          <Notice
            why={t`So that people of this home can tell each other apart.`}
            mandatory={t`Not needed. Without one you are called by your role.`}
            keptFor={t`encrypted, until it is changed or you leave the home`}
            recipients={[t`Adults and children of this home`]}
          />
        }
      />
      <div>
        <Button isDisabled={name === kept || edit.isPending} onPress={save}>
          <Trans>Save</Trans>
        </Button>
      </div>
    </Part>
  )
}
