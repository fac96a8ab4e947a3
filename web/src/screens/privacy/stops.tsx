import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { RequestView } from '@eaves/model/api'
import { useOnline } from '../../data/online.ts'
import { useAskRequest, useEndRequest } from '../../data/own-data.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Part } from './part.tsx'
import { isStanding, refusable, refusalOf, type Refusable } from './request-words.ts'

interface Standing {
  readonly requests: readonly RequestView[]
}
/** What counts from this moment until its person lifts it. // pp.4.4.b pp.4.4.c */
export function Stops({ requests }: Standing) {
  const standing = requests.filter(isStanding)
  return (
    <>
      <Restriction requests={standing} />
      <Part id="refuse" title={t`Refuse a purpose`}>
        <p className="text-body text-muted">
          <Trans>
            Counts at once, until you take it back. What the account itself is for cannot be refused: erase
            the account for that.
          </Trans>
        </p>
        <ul className="divide-y divide-line">
          {refusable.map((purpose) => (
            <Refusal key={purpose} purpose={purpose} requests={standing} />
          ))}
        </ul>
      </Part>
    </>
  )
}

function Restriction({ requests }: Standing) {
  const now = requests.find(({ kind }) => kind === 'restriction')
  return (
    <Part id="rest" title={t`Let your data rest`}>
      <p className="text-body text-muted">
        <Trans>
          Nothing is deleted, and nothing that works by itself uses your data: no notifications to you, no
          reports, no searches kept. The home goes on working for everybody, and what you do yourself goes on.
        </Trans>
      </p>
      <StopButton
        now={now}
        wish={{ kind: 'restriction' }}
        start={t`Let it rest`}
        stop={t`Lift the rest`}
        label={t`Let your data rest`}
      />
    </Part>
  )
}

function Refusal({ purpose, requests }: Standing & { readonly purpose: Refusable }) {
  const now = requests.find((each) => each.kind === 'objection' && each.purpose === purpose)
  const { name, effect } = refusalOf(purpose)
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3">
      <div className="grid min-w-0 flex-[1_1_12rem] gap-0.5">
        <h3 className="text-card">{name()}</h3>
        <p className="text-state font-normal text-muted">{effect()}</p>
      </div>
      <StopButton
        now={now}
        wish={{ kind: 'objection', purpose }}
        start={t`Refuse`}
        stop={t`Allow again`}
        label={name()}
      />
    </li>
  )
}

function StopButton({
  now,
  wish,
  start,
  stop,
  label,
}: {
  readonly now: RequestView | undefined
  readonly wish:
    | { readonly kind: 'restriction' }
    | { readonly kind: 'objection'; readonly purpose: Refusable }
  readonly start: string
  readonly stop: string
  readonly label: string
}) {
  const ask = useAskRequest()
  const end = useEndRequest()
  const online = useOnline()
  const isBusy = !online || ask.isPending || end.isPending
  return (
    <div className="grid justify-items-start gap-2">
      <Failure error={ask.error ?? end.error} />
      {now === undefined ? (
        <Button aria-label={`${start}: ${label}`} isDisabled={isBusy} onPress={() => ask.mutate(wish)}>
          {start}
        </Button>
      ) : (
        <Button aria-label={`${stop}: ${label}`} isDisabled={isBusy} onPress={() => end.mutate(now.id)}>
          {stop}
        </Button>
      )}
    </div>
  )
}
