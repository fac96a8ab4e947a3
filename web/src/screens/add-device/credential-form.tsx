import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { CredentialMade, CredentialScopeWish } from '@eaves/model/api'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useMakeCredential } from '../../data/credentials.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'

type Kind = CredentialScopeWish['kind']
const wishOf = (kind: Kind, topic: string): CredentialScopeWish =>
  kind === 'everything'
    ? { kind }
    : kind === 'bridge'
      ? { kind, base: topic.trim() }
      : topic.trim() === ''
        ? { kind }
        : { kind, topic: topic.trim() }

/** What the server said about the topic, in words; undefined when it said nothing. */
function topicFault(error: unknown): string | undefined {
  if (!isProblem(error, 'input.invalid')) return undefined
  const fault = error.errors.find(({ path }) => path.startsWith('scope'))
  if (!fault) return undefined
  if (fault.code === 'shared-topic') return t`Many devices share this one, so no single device can have it.`
  if (fault.code === 'topic-taken') return t`Other access data stands for this topic already.`
  return t`Letters, digits and slashes, without + and #.`
}

/** For what the access data is, in plain words; the narrowest choice is the one that is made already. */
export function CredentialForm({
  home,
  onMade,
}: {
  readonly home: string
  readonly onMade: (made: CredentialMade) => void
}) {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('device')
  const [topics, setTopics] = useState<Readonly<Record<Kind, string>>>({
    device: '',
    bridge: 'zigbee2mqtt',
    everything: '',
  })
  const make = useMakeCredential(home)
  const ready = name.trim() !== '' && (kind !== 'bridge' || topics.bridge.trim() !== '')
  const submit = (): void => {
    if (!ready || make.isPending) return
    make.mutate({ name: name.trim(), scope: wishOf(kind, topics[kind]) }, { onSuccess: onMade })
  }
  const setTopic = (topic: string): void => {
    make.reset()
    setTopics({ ...topics, [kind]: topic })
  }
  const fault = topicFault(make.error)
  return (
    <>
      {isProblem(make.error, 'input.conflict') ? (
        <div role="alert">
          <Banner tone="warn">
            <Trans>
              The broker that comes with Eaves is switched off on this server, or this home has all the access
              data it can have.
            </Trans>
          </Banner>
        </div>
      ) : (
        fault === undefined && <Failure error={make.error} />
      )}
      <TextField
        label={t`What is it?`}
        value={name}
        onChange={setName}
        onSubmit={submit}
        maxLength={80}
        autoFocus
        hint={t`A word for you alone, such as “plug in the hall”.`}
        notice={
          <Notice
            why={t`So that you can tell the access data apart later.`}
            mandatory={t`Needed. Any word will do.`}
            keptFor={t`encrypted, until you revoke it`}
            recipients={[]}
          />
        }
      />
      <RadioGroup
        label={t`What may it do?`}
        value={kind}
        onChange={(next) => {
          make.reset()
          setKind(next)
        }}
        options={[
          {
            id: 'device',
            name: t`One device`,
            hint: t`It speaks and hears under its own name only. The safest.`,
          },
          {
            id: 'bridge',
            name: t`A bridge`,
            hint: t`For Zigbee2MQTT and the like, with many devices behind it.`,
          },
          {
            id: 'everything',
            name: t`Everything in this home`,
            hint: t`It can read and send what any device here does. Only for programs you trust.`,
          },
        ]}
      />
      {kind === 'bridge' && (
        <TextField
          label={t`Its base topic`}
          value={topics.bridge}
          onChange={setTopic}
          onSubmit={submit}
          maxLength={128}
          error={fault}
          hint={t`Zigbee2MQTT’s is “zigbee2mqtt” unless you changed it.`}
        />
      )}
      {kind === 'device' && (
        <Disclosure title={t`It has a topic that cannot be changed`}>
          <div className="pt-2">
            <TextField
              label={t`Its topic`}
              value={topics.device}
              onChange={setTopic}
              onSubmit={submit}
              maxLength={128}
              error={fault}
              hint={t`Leave it empty and Eaves gives it one of its own.`}
            />
          </div>
        </Disclosure>
      )}
      <Button variant="primary" full isDisabled={make.isPending || !ready} onPress={submit}>
        <Trans>Make access data</Trans>
      </Button>
    </>
  )
}
