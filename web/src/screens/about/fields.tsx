import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { FamilyStatus } from '@eaves/model'
import type { FieldNotice, HomeAbout, HomeAboutEdit } from '@eaves/model/api'
import { useState, type ReactNode } from 'react'
import { readArea, useEditAbout } from '../../data/about.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { toasts } from '../../ui/toasts.ts'
import { statusOptions } from './statuses.ts'

interface FieldProps {
  readonly home: string
  readonly about: HomeAbout
  readonly notices: readonly FieldNotice[]
}

/** The notice of one detail, in the words of the data map. // pp.lb.3 */
function NoticeOf({ notices, field }: Pick<FieldProps, 'notices'> & { readonly field: keyof HomeAbout }) {
  const found = notices.find((each) => each.field === field)
  return found ? (
    <Notice
      mandatory={found.mandatory}
      why={found.why}
      keptFor={found.keptFor}
      recipients={found.recipients}
    />
  ) : null
}

/** One detail with its own saving and deleting; `next` is undefined while nothing can be saved. */
function Detail({
  home,
  title,
  isNoted,
  next,
  cleared,
  onCleared,
  children,
}: {
  readonly home: string
  readonly title: string
  readonly isNoted: boolean
  readonly next: HomeAboutEdit | undefined
  readonly cleared: HomeAboutEdit
  readonly onCleared: () => void
  readonly children: (save: () => void) => ReactNode
}) {
  const edit = useEditAbout(home)
  const [asked, setAsked] = useState(false)
  const save = (): void => {
    if (next && !edit.isPending) edit.mutate(next, { onSuccess: () => void toasts.show(t`Saved.`) })
  }
  const clear = (): void => {
    setAsked(false)
    edit.mutate(cleared, {
      onSuccess: () => {
        onCleared()
        toasts.show(t`Deleted.`)
      },
    })
  }
  return (
    <section aria-label={title} className="grid gap-4 rounded-card border border-line bg-surface p-4 md:p-6">
      <Failure error={edit.error} />
      {children(save)}
      <div className="flex flex-wrap gap-3">
        <Button
          variant="primary"
          aria-label={t`Save: ${title}`}
          isDisabled={next === undefined || edit.isPending}
          onPress={save}
        >
          <Trans>Save</Trans>
        </Button>
        {isNoted && (
          <Button
            variant="danger"
            aria-label={t`Delete: ${title}`}
            isDisabled={edit.isPending}
            onPress={() => setAsked(true)}
          >
            <Trans>Delete</Trans>
          </Button>
        )}
      </div>
      <Confirm
        open={asked}
        title={t`Delete: ${title}?`}
        verb={t`Delete`}
        onClose={() => setAsked(false)}
        onConfirm={clear}
      >
        <p>
          <Trans>It is gone for good. Nothing else changes, and you can note it again.</Trans>
        </p>
      </Confirm>
    </section>
  )
}

export function AreaField({ home, about, notices }: FieldProps) {
  const noted = about.floorAreaM2
  const [text, setText] = useState(noted === null ? '' : String(noted))
  const value = readArea(text)
  const title = t`Floor area`
  return (
    <Detail
      home={home}
      title={title}
      isNoted={noted !== null}
      next={value === undefined || value === noted ? undefined : { floorAreaM2: value }}
      cleared={{ floorAreaM2: null }}
      onCleared={() => setText('')}
    >
      {(save) => (
        <TextField
          label={t`Floor area in m²`}
          value={text}
          onChange={setText}
          onSubmit={save}
          inputMode="decimal"
          autoComplete="off"
          maxLength={9}
          error={
            text.trim() !== '' && value === undefined
              ? t`Enter a number from 1 to 100000, with one decimal at most.`
              : undefined
          }
          notice={<NoticeOf notices={notices} field="floorAreaM2" />}
        />
      )}
    </Detail>
  )
}

export function StatusField({ home, about, notices }: FieldProps) {
  const noted = about.familyStatus
  const [chosen, setChosen] = useState<FamilyStatus | undefined>(noted ?? undefined)
  const title = t`Family status`
  return (
    <Detail
      home={home}
      title={title}
      isNoted={noted !== null}
      next={chosen === undefined || chosen === noted ? undefined : { familyStatus: chosen }}
      cleared={{ familyStatus: null }}
      onCleared={() => setChosen(undefined)}
    >
      {() => (
        <>
          <Select
            label={title}
            value={chosen}
            onChange={setChosen}
            options={statusOptions()}
            placeholder={t`Not noted`}
          />
          <NoticeOf notices={notices} field="familyStatus" />
        </>
      )}
    </Detail>
  )
}

export function AddressField({ home, about, notices }: FieldProps) {
  const noted = about.address
  const [text, setText] = useState(noted ?? '')
  const value = text.trim()
  const title = t({ context: 'of a home', message: 'Address' })
  return (
    <Detail
      home={home}
      title={title}
      isNoted={noted !== null}
      next={value === '' || value === noted ? undefined : { address: value }}
      cleared={{ address: null }}
      onCleared={() => setText('')}
    >
      {(save) => (
        <TextField
          label={title}
          value={text}
          onChange={setText}
          onSubmit={save}
          autoComplete="off"
          maxLength={300}
          hint={t`The address alone. Nothing about people’s health, beliefs or papers belongs here.`}
          notice={<NoticeOf notices={notices} field="address" />}
        />
      )}
    </Detail>
  )
}
