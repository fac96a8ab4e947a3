import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Member } from '@eaves/model/api'
import { guardianRoles } from '@eaves/policy'
import { QueryError } from '../../shell/query-error.tsx'
import { TextField, type TextFieldProps } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { isolated } from '../../words/later/reach.ts'
import { memberName, roleName } from '../../words/later/members.ts'
import type { HomeFacts } from './home-facts.ts'
import { HoursEditor } from './hours-editor.tsx'
import { Part } from '../../ui/part.tsx'
import { halfTyped, type PlaceDraft, type PlaceFault } from './place-model.ts'
import { ReachEditor } from './reach-editor.tsx'

export interface PlaceFieldsProps {
  readonly draft: PlaceDraft
  readonly onChange: (draft: PlaceDraft) => void
}
export interface FaultsProps {
  readonly faults: readonly PlaceFault[]
}
export function NameField({ draft, faults, onChange }: PlaceFieldsProps & FaultsProps) {
  return (
    <TextField
      label={t`What the home calls them (optional)`}
      value={draft.name}
      onChange={(name) => onChange({ ...draft, name })}
      error={faults.includes('name') ? t`Give a name that can be read, or none.` : undefined}
      maxLength={80}
      autoComplete="off"
      notice={
        <Notice
          why={t`So that people of this home can tell each other apart.`}
          mandatory={t`Not needed. Without one they are called by their role.`}
          keptFor={t`encrypted, until it is changed or they leave the home`}
          recipients={[t`Adults and children of this home`]}
        />
      }
    />
  )
}

/** An adult answers for a child: without one here, the home is closed to it. // pp.6 */
export function GuardianPicker({
  draft,
  members,
  fault,
  onChange,
}: PlaceFieldsProps & { readonly members: readonly Member[]; readonly fault: boolean }) {
  const adults = members.filter(({ role }) => guardianRoles.has(role))
  return (
    <div className="grid gap-1.5">
      <Select
        label={t`Which adult answers for the child`}
        value={draft.guardian}
        placeholder={t`Choose an adult`}
        onChange={(guardian) => onChange({ ...draft, guardian })}
        options={adults.map((adult) => ({
          id: adult.accountId,
          name: adult.you
            ? t`${memberName(adult)} (you)`
            : `${isolated(memberName(adult))} · ${roleName(adult.role)}`,
        }))}
      />
      <p className="text-state font-normal text-muted">
        <Trans>
          They decide with you what the child may use. If they leave, the home is closed to the child until
          somebody else answers for it.
        </Trans>
      </p>
      {fault && (
        <p role="alert" className="text-state text-alert">
          <Trans>A child needs an adult of this home.</Trans>
        </p>
      )}
    </div>
  )
}

export function ReachPart({ draft, facts, onChange }: PlaceFieldsProps & { readonly facts: HomeFacts }) {
  return (
    <Part id="reach" title={t`What they can reach`}>
      {facts.error ? (
        <QueryError error={facts.error} retry={facts.refetch} />
      ) : facts.isLoading ? (
        <BlockSkeleton />
      ) : (
        <ReachEditor
          role={draft.role}
          facts={facts}
          draft={draft.reach}
          onChange={(reach) => onChange({ ...draft, reach })}
        />
      )}
    </Part>
  )
}

export function TimePart({
  draft,
  zone,
  faults,
  onChange,
  isEndFixed = false,
}: PlaceFieldsProps &
  FaultsProps & {
    readonly zone: string
    /** An end puts somebody out, which whoever answers for a child may not do. */
    readonly isEndFixed?: boolean
  }) {
  const half = t`Enter a date and a time.`
  const endFault = faults.includes('endsAt')
    ? half
    : faults.includes('endsBeforeStart')
      ? t`The end has to be after the beginning.`
      : faults.includes('ended')
        ? t`That is past already.`
        : undefined
  return (
    <Part id="when" title={t`When`}>
      <HoursEditor hours={draft.hours} zone={zone} onChange={(hours) => onChange({ ...draft, hours })} />
      {faults.includes('hours') && draft.hours.every(({ days }) => days.length > 0) && (
        <p role="alert" className="text-state text-alert">
          <Trans>These hours cannot be kept. Look at each once more.</Trans>
        </p>
      )}
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <InstantField
          label={t`Not before (optional)`}
          value={draft.startsAt}
          onChange={(startsAt) => onChange({ ...draft, startsAt })}
          error={faults.includes('startsAt') ? half : undefined}
        />
        {!isEndFixed && (
          <InstantField
            label={t`Until (optional)`}
            value={draft.endsAt}
            onChange={(endsAt) => onChange({ ...draft, endsAt })}
            error={endFault}
            hint={t`Then they are no longer part of the home, by themselves.`}
          />
        )}
      </div>
    </Part>
  )
}

/** A date with its time. Half of it is a fault, never none: somebody's access would have no end. */
function InstantField({
  value,
  onChange,
  ...more
}: Pick<TextFieldProps, 'label' | 'error' | 'hint'> & {
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const whole = value === halfTyped ? '' : value
  return (
    <TextField
      {...more}
      type="datetime-local"
      value={whole}
      onChange={(next, isHalf) => onChange(isHalf ? halfTyped : next)}
      onLeave={(isHalf) => {
        if (isHalf !== (value === halfTyped)) onChange(isHalf ? halfTyped : whole)
      }}
    />
  )
}
