import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { FileArchive } from 'lucide-react'
import { useState } from 'react'
import { useOnline } from '../../data/online.ts'
import { useAskRequest } from '../../data/own-data.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { Part } from './part.tsx'

type Kind = 'access' | 'portability'

/** A copy of one's data; asking for it takes a fresh proof, which the page asks for by itself. // pp.4.3 pp.4.4.f */
export function AskCopy() {
  const [kind, setKind] = useState<Kind>('access')
  const ask = useAskRequest()
  const online = useOnline()
  return (
    <Part id="copy" title={t`A copy`}>
      <Failure error={ask.error} />
      <RadioGroup<Kind>
        label={t`What the copy holds`}
        value={kind}
        onChange={setKind}
        options={[
          {
            id: 'access',
            name: t`Everything that is held about you`,
            hint: t`With what for, how long, and who got it`,
          },
          {
            id: 'portability',
            name: t`What you gave, to take elsewhere`,
            hint: t`What rests on your agreement or your choice, for another service to read`,
          },
        ]}
      />
      <p className="text-state font-normal text-muted">
        <Trans>
          A ZIP with JSON, its schema, and tables as CSV. It is encrypted for you and stays here for seven
          days.
        </Trans>
      </p>
      <div>
        <Button
          variant="primary"
          icon={FileArchive}
          isDisabled={!online || ask.isPending}
          onPress={() => ask.mutate({ kind })}
        >
          <Trans>Make a copy</Trans>
        </Button>
      </div>
    </Part>
  )
}
