import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { TokenMade, TokenRow } from '@eaves/model/api'
import { useState } from 'react'
import { useHomes } from '../../data/homes.ts'
import { useMakeToken, useRevokeToken, useTokens } from '../../data/tokens.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Name } from '../../ui/name.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { ago, dateAndTime, list as inWords } from '../../words/time.ts'
import { Page, Row, Rows } from './page.tsx'

export function Tokens() {
  const tokens = useTokens()
  const homes = useHomes().data ?? []
  const revoke = useRevokeToken()
  const [made, setMade] = useState<TokenMade>()
  const namesOf = (ids: TokenRow['homes']): string =>
    ids === 'all'
      ? t`all your homes`
      : inWords(ids.map((id) => homes.find((home) => home.id === id)?.name ?? id))
  return (
    <Page
      title={t`Access tokens`}
      lead={<Trans>A token lets a program act as you, until its day or until you end it.</Trans>}
    >
      <Failure error={revoke.error} />
      {made ? (
        <Made made={made} onDone={() => setMade(undefined)} />
      ) : (
        <MakeToken homes={homes} onMade={setMade} />
      )}
      {tokens.error && !tokens.data ? (
        <QueryError error={tokens.error} retry={tokens.refetch} />
      ) : !tokens.data ? (
        <BlockSkeleton />
      ) : tokens.data.length === 0 ? (
        <p className="text-muted">
          <Trans>You have none.</Trans>
        </p>
      ) : (
        <Rows>
          {tokens.data.map((token) => (
            <Row
              key={token.id}
              action={
                <Button
                  variant="danger"
                  isDisabled={revoke.isPending}
                  aria-label={t`End the token ${token.name}`}
                  onPress={() => revoke.mutate(token.id)}
                >
                  <Trans>End</Trans>
                </Button>
              }
            >
              <span className="text-card">
                <Name of={token.name} lines={2} />
              </span>
              <span className="text-state font-normal text-muted">
                <Trans>
                  For {namesOf(token.homes)}, until {dateAndTime(token.expiresAt)}
                </Trans>{' '}
                · {scopeOf(token.verbs)} ·{' '}
                {token.lastUsedAt === undefined ? (
                  <Trans>never used</Trans>
                ) : (
                  <Trans>last used {ago(token.lastUsedAt)}</Trans>
                )}
              </span>
            </Row>
          ))}
        </Rows>
      )}
    </Page>
  )
}

const every = 'every'
/** The narrow ones first: a program gets no more than it needs. */
const read = ['home.list', 'home.read', 'device.read', 'history.read', 'command.read'] as const
const scopes = { read, control: [...read, 'device.command'] } as const
type Scope = keyof typeof scopes | 'everything'
const scopeNames = (): Readonly<Record<Scope, string>> => ({
  read: t`Read devices and history`,
  control: t`Read and control devices`,
  everything: t`Everything you may do`,
})
function scopeOf(verbs: TokenRow['verbs']): string {
  if (verbs === 'all') return scopeNames().everything
  const known = (['read', 'control'] as const).find(
    (id) => scopes[id].length === verbs.length && scopes[id].every((verb) => verbs.includes(verb)),
  )
  return known === undefined ? inWords(verbs) : scopeNames()[known]
}
const lifetimes = ['7', '30', '90', '365'] as const
function MakeToken({
  homes,
  onMade,
}: {
  readonly homes: readonly { readonly id: string; readonly name: string }[]
  readonly onMade: (made: TokenMade) => void
}) {
  const [name, setName] = useState('')
  const [home, setHome] = useState<string>()
  const [scope, setScope] = useState<Scope>('control')
  const [days, setDays] = useState<(typeof lifetimes)[number]>('90')
  const [wrong, setWrong] = useState<string>()
  const make = useMakeToken()
  const chosen = home ?? homes[0]?.id ?? every
  const submit = (): void => {
    setWrong(name.trim() === '' ? t`Give the token a name.` : undefined)
    if (name.trim() === '' || make.isPending) return
    make.mutate(
      {
        name: name.trim(),
        days: Number(days),
        homes: chosen === every ? 'all' : [chosen],
        verbs: scope === 'everything' ? 'all' : [...scopes[scope]],
      },
      { onSuccess: onMade },
    )
  }
  return (
    <section aria-labelledby="make" className="grid gap-4 rounded-card border border-line bg-surface p-4">
      <h2 id="make" className="text-group">
        <Trans>Make a token</Trans>
      </h2>
      <Failure error={make.error} />
      <TextField
        label={t`What is it for?`}
        value={name}
        onChange={setName}
        onSubmit={submit}
        error={wrong}
        maxLength={80}
        autoComplete="off"
        notice={
          <Notice
            why={t`So that you can tell your tokens apart.`}
            mandatory={t`Needed. Any word will do.`}
            keptFor={t`encrypted, until the token ends`}
            recipients={[]}
          />
        }
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label={t`For which home`}
          value={chosen}
          onChange={setHome}
          options={[
            ...homes.map(({ id, name: homeName }) => ({ id, name: homeName })),
            { id: every, name: t`All your homes` },
          ]}
        />
        <Select
          label={t`What may it do`}
          value={scope}
          onChange={setScope}
          options={(['read', 'control', 'everything'] as const).map((id) => ({ id, name: scopeNames()[id] }))}
        />
        <Select
          label={t`For how long`}
          value={days}
          onChange={setDays}
          options={lifetimes.map((id) => ({ id, name: t`${id} days` }))}
        />
      </div>
      <div>
        <Button variant="primary" isDisabled={make.isPending} onPress={submit}>
          <Trans>Make token</Trans>
        </Button>
      </div>
    </section>
  )
}

function Made({ made, onDone }: { readonly made: TokenMade; readonly onDone: () => void }) {
  return (
    <section aria-labelledby="made" className="grid gap-4 rounded-card border border-line bg-surface p-4">
      <h2 id="made" className="text-group">
        <Name of={made.name} lines={2} />
      </h2>
      <p className="text-muted">
        <Trans>This is shown only now. Who has it can act as you.</Trans>
      </p>
      <p className="font-mono break-all select-all">{made.token}</p>
      <div className="flex flex-wrap gap-3">
        <CopyButton text={made.token} label={t`the token`} />
        <Button variant="primary" onPress={onDone}>
          <Trans>I have copied it</Trans>
        </Button>
      </div>
    </section>
  )
}
