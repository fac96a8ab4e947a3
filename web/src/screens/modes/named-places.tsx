import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { mostNamedPlaces } from '@eaves/model'
import type { NamedPlace } from '@eaves/model/api'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useChangeNamedPlaces, useNamedPlaces } from '../../data/named-places.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { TextField } from '../../ui/field.tsx'
import { Part } from '../../ui/part.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'

const onError = (error: Error) => toasts.show(errorWords(error).title)

/** Places that this home knows by name, such as “Work”. */
export function NamedPlaces({ home }: { readonly home: string }) {
  const { data, error, refetch } = useNamedPlaces(home, true)
  return (
    <Part
      id="named-places"
      title={t`Places by name`}
      lead={
        <Trans>
          Up to {mostNamedPlaces}, such as “Work” or “School”. The home knows their names and not where they
          are. Each person chooses whether it knows that they are there.
        </Trans>
      }
    >
      {data ? (
        <Named home={home} places={data} />
      ) : error ? (
        <QueryError error={error} retry={refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </Part>
  )
}

function Named({ home, places }: { readonly home: string; readonly places: readonly NamedPlace[] }) {
  const { remove } = useChangeNamedPlaces(home)
  const { live } = useConnection()
  const [asking, setAsking] = useState<NamedPlace>()
  return (
    <>
      {places.length > 0 && (
        <ul className="grid">
          {places.map((place) => (
            <li
              key={place.id}
              className="flex min-h-11 items-center justify-between gap-3 border-b border-line"
            >
              <bdi className="min-w-0 text-card wrap-anywhere">{place.name}</bdi>
              <IconButton
                icon={Trash2}
                label={t`Remove the place ${place.name}`}
                isDisabled={!live}
                onPress={() => setAsking(place)}
              />
            </li>
          ))}
        </ul>
      )}
      {places.length < mostNamedPlaces && <NewPlace home={home} places={places} />}
      <Confirm
        open={asking !== undefined}
        title={t`Remove the place “${asking?.name ?? ''}”?`}
        verb={t`Remove`}
        busy={remove.isPending}
        onClose={() => setAsking(undefined)}
        onConfirm={() =>
          asking && remove.mutate(asking.id, { onError, onSettled: () => setAsking(undefined) })
        }
      >
        <Trans>
          Who chose it is then at no place by name. Automations that name it stay and say that something is
          missing.
        </Trans>
      </Confirm>
    </>
  )
}

function NewPlace({ home, places }: { readonly home: string; readonly places: readonly NamedPlace[] }) {
  const { add } = useChangeNamedPlaces(home)
  const { live } = useConnection()
  const [name, setName] = useState('')
  const wished = name.trim()
  const isTaken = places.some((each) => each.name === wished)
  const send = (): void => {
    if (wished !== '' && !isTaken) add.mutate(wished, { onError, onSuccess: () => setName('') })
  }
  return (
    <div className="grid gap-3">
      <TextField
        label={t`Name of a new place`}
        value={name}
        onChange={setName}
        onSubmit={send}
        maxLength={80}
        {...(isTaken ? { error: t`There is a place of this name.` } : {})}
      />
      <div>
        <Button isDisabled={!live || wished === '' || isTaken || add.isPending} onPress={send}>
          <Trans>Add the place</Trans>
        </Button>
      </div>
    </div>
  )
}
