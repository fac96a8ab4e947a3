import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Home } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useEditHome } from '../../data/home-changes.ts'
import { useCan, useHome } from '../../data/homes.ts'
import { useRemoveHome } from '../../data/home-removal.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { zoneOptions } from '../../words/zones.ts'
import { Floors } from './floors.tsx'
import { Page } from './page.tsx'

export function HomeSettings({ home }: { readonly home: string }) {
  const place = useHome(home)
  const can = useCan(home)
  return (
    <Page title={t`Home settings`}>
      {place ? (
        <>
          {can('home.edit') && <NameAndZone key={place.id} home={place} />}
          {can('home.about') && (
            <div>
              <LinkButton to={paths.about(home)}>
                <Trans>Floor area, family status and address</Trans>
              </LinkButton>
            </div>
          )}
          {can('history.read') && (
            <div>
              <LinkButton to={paths.space(home)}>
                <Trans>What takes space</Trans>
              </LinkButton>
            </div>
          )}
          {can('floor.edit') && <Floors home={home} />}
          {can('home.delete') && <Removal home={place} />}
        </>
      ) : (
        <BlockSkeleton />
      )}
    </Page>
  )
}

function NameAndZone({ home }: { readonly home: Home }) {
  const [name, setName] = useState(home.name)
  const [zone, setZone] = useState(home.zone)
  const edit = useEditHome(home.id)
  const save = (): void => {
    if (name.trim() === '' || edit.isPending) return
    edit.mutate({ name: name.trim(), zone }, { onSuccess: () => void toasts.show(t`Saved.`) })
  }
  return (
    <section className="grid gap-4">
      <Failure error={edit.error} />
      <TextField
        label={t`Name of the home`}
        value={name}
        onChange={setName}
        onSubmit={save}
        maxLength={80}
        autoComplete="off"
        error={name.trim() === '' ? t`Give the home a name.` : undefined}
        hint={t`A plain name is enough. Nothing about people’s health, beliefs or papers belongs here.`}
      />
      <SearchSelect label={t`Time zone`} options={zoneOptions()} value={zone} onChange={setZone} />
      <div>
        <Button variant="primary" isDisabled={edit.isPending} onPress={save}>
          <Trans>Save</Trans>
        </Button>
      </div>
    </section>
  )
}

/** For good, so the name is typed first. */
function Removal({ home }: { readonly home: Home }) {
  const [asked, setAsked] = useState(false)
  const [typed, setTyped] = useState('')
  const remove = useRemoveHome(home.id)
  const navigate = useNavigate()
  const matches = typed.trim() === home.name.trim()
  return (
    <section aria-labelledby="remove" className="grid gap-3 border-t border-line pt-6">
      <h2 id="remove" className="text-section">
        <Trans>Delete this home</Trans>
      </h2>
      <p className="text-muted">
        <Trans>
          Everything in it goes for good, for everybody in it: rooms, devices, their history, connections. The
          devices themselves stay as they are. To give the home to somebody else instead, hand it over under
          Members.
        </Trans>
      </p>
      <div>
        <Button
          variant="danger"
          onPress={() => {
            setTyped('')
            setAsked(true)
          }}
        >
          <Trans>Delete home</Trans>
        </Button>
      </div>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        alert
        title={t`Delete “${home.name}”?`}
        actions={
          <>
            <Button onPress={() => setAsked(false)}>
              <Trans>Keep it</Trans>
            </Button>
            <Button
              variant="danger"
              isDisabled={!matches || remove.isPending}
              onPress={() =>
                remove.mutate(undefined, {
                  onSuccess: () => void navigate({ to: paths.start, replace: true }),
                })
              }
            >
              <Trans>Delete home</Trans>
            </Button>
          </>
        }
      >
        <Failure error={remove.error} />
        <p>
          <Trans>This cannot be undone. Type the name of the home to confirm.</Trans>
        </p>
        <TextField
          label={t`Name of the home`}
          value={typed}
          onChange={setTyped}
          autoFocus
          autoComplete="off"
        />
      </Dialog>
    </section>
  )
}
