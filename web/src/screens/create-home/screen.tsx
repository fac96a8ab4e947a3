import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useCreateHome } from '../../data/home-changes.ts'
import { useMe } from '../../data/me.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { zoneOptions, browserZone } from '../../words/zones.ts'
import { Failure } from '../../shell/failure.tsx'

export function Screen() {
  return useMe().data?.mayCreateHome === false ? <ByInvitation /> : <Create />
}

/** On a household's server a home reaches the household's devices, so not everybody makes one. */
function ByInvitation() {
  return (
    <Front
      title={t`Ask for an invitation`}
      lead={
        <Trans>
          On this server new homes are made by its owner and by whoever keeps a home here. They can invite you
          to theirs.
        </Trans>
      }
    >
      <LinkButton to={paths.join} variant="primary" full>
        <Trans>I have an invitation</Trans>
      </LinkButton>
      <LinkButton to={paths.me} variant="quiet" full>
        <Trans>Your account</Trans>
      </LinkButton>
    </Front>
  )
}

function Create() {
  const [name, setName] = useState('')
  const [zone, setZone] = useState(browserZone)
  const [wrong, setWrong] = useState<string>()
  const create = useCreateHome()
  const navigate = useNavigate()
  const submit = (): void => {
    if (create.isPending) return
    if (name.trim() === '') return setWrong(t`Give the home a name.`)
    setWrong(undefined)
    create.mutate(
      { name: name.trim(), zone },
      { onSuccess: ({ id }) => void navigate({ to: paths.add(id), replace: true }) },
    )
  }
  return (
    <Front
      title={t`Create your home`}
      lead={<Trans>A name and a time zone. Rooms and devices come next.</Trans>}
    >
      <Failure error={create.error} />
      <TextField
        label={t`Name of the home`}
        value={name}
        onChange={setName}
        onSubmit={submit}
        error={wrong}
        autoFocus
        autoComplete="off"
        maxLength={80}
        notice={
          <Notice
            why={t`So that you can tell your homes apart.`}
            mandatory={t`Needed. Any word will do; without one there is no home.`}
            keptFor={t`until you delete the home`}
            recipients={[]}
          />
        }
      />
      <SearchSelect
        label={t`Time zone`}
        options={zoneOptions()}
        value={zone}
        onChange={setZone}
        hint={t`Taken from this browser. Times and schedules of the home follow it.`}
      />
      <Button variant="primary" full isDisabled={create.isPending} onPress={submit}>
        {create.isPending ? <Trans>Creating…</Trans> : <Trans>Create home</Trans>}
      </Button>
      <LinkButton to={paths.join} variant="quiet" full>
        <Trans>I have an invitation</Trans>
      </LinkButton>
    </Front>
  )
}
