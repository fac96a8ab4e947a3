import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { HookView } from '@eaves/model/api'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useChangeHooks, useHooks } from '../../data/hooks.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'

/** Addresses that something outside calls, for whoever looks after the home. */
export function Hooks({ home }: { readonly home: string }) {
  return (
    <Disclosure title={t`Calls from outside`}>
      <Opened home={home} />
    </Disclosure>
  )
}

function Opened({ home }: { readonly home: string }) {
  const hooks = useHooks(home)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p className="text-body text-muted">
        <Trans>
          A doorbell, a script or another service can set off an automation by calling an address of this
          home. Whoever has the address can do that, and nothing else.
        </Trans>
      </p>
      {hooks.data ? (
        <ul className="grid gap-2 empty:hidden">
          {hooks.data.map((hook) => (
            <Row key={hook.id} home={home} hook={hook} />
          ))}
        </ul>
      ) : hooks.error ? (
        <QueryError error={hooks.error} retry={hooks.refetch} />
      ) : (
        <BlockSkeleton />
      )}
      <Make home={home} />
    </div>
  )
}

function Row({ home, hook: { id, name } }: { readonly home: string; readonly hook: HookView }) {
  const [asks, setAsks] = useState(false)
  const { end } = useChangeHooks(home)
  const { live } = useConnection()
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 rounded-card border border-line bg-surface p-3">
      <bdi className="text-card wrap-anywhere">{name}</bdi>
      <Button variant="quiet" isDisabled={!live} onPress={() => setAsks(true)}>
        {t`End “${name}”`}
      </Button>
      <Failure error={end.error} />
      <Confirm
        open={asks}
        title={t`End “${name}”?`}
        verb={t`End`}
        busy={end.isPending}
        onClose={() => setAsks(false)}
        onConfirm={() => end.mutate(id, { onSettled: () => setAsks(false) })}
      >
        <p>
          <Trans>Whoever calls the address from now on sets nothing off.</Trans>
        </p>
      </Confirm>
    </li>
  )
}

function Make({ home }: { readonly home: string }) {
  const [name, setName] = useState('')
  const { make } = useChangeHooks(home)
  const { live } = useConnection()
  if (make.data !== undefined) {
    const address = `${location.origin}${make.data.path}`
    return (
      <section
        aria-label={make.data.name}
        className="grid gap-3 rounded-card border border-line bg-surface p-4"
      >
        <p className="text-card">
          <Trans>This address is shown this once. Copy it now.</Trans>
        </p>
        <code className="text-body wrap-anywhere select-all">{address}</code>
        <div className="flex flex-wrap gap-3">
          <CopyButton text={address} label={t`The address`} />
          <Button variant="quiet" onPress={() => (make.reset(), setName(''))}>
            <Trans>Done</Trans>
          </Button>
        </div>
        <p className="text-state text-muted">
          <Trans>It is called with POST. Plain values of a JSON object are there for expressions.</Trans>
        </p>
      </section>
    )
  }
  return (
    <div className="grid gap-3">
      <TextField
        label={t`Name of a new address`}
        value={name}
        maxLength={80}
        hint={t`Such as who calls it: “Doorbell”`}
        onChange={setName}
      />
      <Failure error={make.error} />
      <div>
        <Button
          isDisabled={!live || name.trim() === '' || make.isPending}
          onPress={() => make.mutate(name.trim())}
        >
          <Trans>Make an address</Trans>
        </Button>
      </div>
    </div>
  )
}
