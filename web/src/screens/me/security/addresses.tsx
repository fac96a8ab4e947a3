import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Me } from '@eaves/model/api'
import { useState } from 'react'
import { useRemoveAddress } from '../../../data/addresses.ts'
import { Failure } from '../../../shell/failure.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { toasts } from '../../../ui/toasts.ts'
import { Row, Rows } from '../page.tsx'
import { AddressForm } from './address-form.tsx'
import { Part } from '../../../ui/part.tsx'

type Column = 'email' | 'phone'
const names = (): Readonly<Record<Column, string>> => ({ email: t`E-mail address`, phone: t`Phone number` })

/** Both optional beside each other; a proved one always stays. // pp.2.1.1 */
export function Addresses({ me }: { readonly me: Me }) {
  const [open, setOpen] = useState<Column>()
  const [asked, ask] = useState<Column>()
  const remove = useRemoveAddress()
  return (
    <Part
      id="addresses"
      title={t`E-mail and phone`}
      lead={
        <Trans>
          Where codes and warnings go. One is enough. When one changes, the old one is told and can undo it
          for 72 hours.
        </Trans>
      }
    >
      <Failure error={remove.error} />
      <Rows>
        {(['email', 'phone'] as const).map((column) => {
          const name = names()[column]
          const value = me[column]
          return (
            <Row
              key={column}
              action={
                <div className="flex flex-wrap gap-2">
                  <Button
                    aria-label={value === undefined ? t`Add: ${name}` : t`Change: ${name}`}
                    onPress={() => setOpen(open === column ? undefined : column)}
                  >
                    {value === undefined ? <Trans>Add</Trans> : <Trans>Change</Trans>}
                  </Button>
                  {value !== undefined && (
                    <Button variant="danger" aria-label={t`Remove: ${name}`} onPress={() => ask(column)}>
                      <Trans>Remove</Trans>
                    </Button>
                  )}
                </div>
              }
            >
              <span className="text-card">{name}</span>
              <span className="text-state font-normal wrap-anywhere text-muted">
                {value ?? <Trans>None</Trans>}
                {value !== undefined && !me.verified[column] && (
                  <>
                    {' '}
                    · <Trans>not confirmed yet</Trans>
                  </>
                )}
              </span>
              {open === column && (
                <AddressForm
                  key={column}
                  column={column}
                  onDone={() => {
                    setOpen(undefined)
                    toasts.show(t`The address is set.`)
                  }}
                />
              )}
            </Row>
          )
        })}
      </Rows>
      <Confirm
        open={asked !== undefined}
        title={asked === 'phone' ? t`Remove the phone number?` : t`Remove the e-mail address?`}
        verb={t`Remove`}
        onClose={() => ask(undefined)}
        onConfirm={() => {
          if (asked !== undefined) remove.mutate(asked)
          ask(undefined)
        }}
      >
        <p>
          <Trans>Codes no longer go there. It is told, and can undo this for 72 hours.</Trans>
        </p>
      </Confirm>
    </Part>
  )
}
