import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Contact } from '@eaves/model/api'
import type { ReactNode } from 'react'
import { useContact } from '../../data/documents.ts'
import { LineSkeleton } from '../../ui/skeleton.tsx'
import { errorWords } from '../../words/errors.ts'
import { pageLocale } from '../../words/locale.ts'

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-0.5 py-3">
      <dt className="text-state text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  )
}

/** Who answers for this server and how to reach them. // sa.3 fm.contact */
export function ContactFacts() {
  const contact = useContact(pageLocale())
  if (contact.error && !contact.data)
    return (
      <p role="alert" className="text-alert">
        {errorWords(contact.error).title} {errorWords(contact.error).todo}
      </p>
    )
  if (!contact.data) return <LineSkeleton wide />
  const { responsible, address, operator, role, claimed } = contact.data
  return (
    <div className="grid gap-2 rounded-card border border-line bg-surface p-4">
      <p>{responsible}</p>
      {address !== undefined && (
        <dl>
          <Row name={t`How to reach them`}>
            <span className="select-all">{address}</span>
          </Row>
        </dl>
      )}
      {role === 'household' && claimed && address === undefined && (
        <p className="text-state font-normal text-muted">
          <Trans>Their address is shown to the people of the home once they are signed in.</Trans>
        </p>
      )}
      {operator !== undefined && <Operator of={operator} />}
    </div>
  )
}

function Operator({ of }: { readonly of: NonNullable<Contact['operator']> }) {
  return (
    <dl className="divide-y divide-line">
      <Row name={t`Name`}>{of.name}</Row>
      <Row name={t`Address`}>{of.address}</Row>
      <Row name={t`Privacy questions`}>
        <span className="select-all">{of.privacyContact}</span>
      </Row>
      <Row name={t`Complaints`}>
        <span className="select-all">{of.complaintChannel}</span>
      </Row>
      <Row name={t`Data protection officer`}>{of.dataProtectionOfficer}</Row>
      <Row name={t`Representative in the European Union`}>{of.euRepresentative}</Row>
      <Row name={t`Affiliates`}>{of.affiliates}</Row>
    </dl>
  )
}
