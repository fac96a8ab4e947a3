import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { Button } from '../../ui/native-button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { saveFile } from '../../ui/save-file.ts'

export interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly done: string
  readonly onDone: () => void
}
export function RecoveryCodes({ codes, done, onDone }: RecoveryCodesProps) {
  const text = codes.join('\n')
  return (
    <>
      <ol
        aria-label={t`Recovery codes`}
        className="grid gap-x-6 gap-y-2 rounded-card bg-surface p-6 font-mono outline outline-line sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code} className="tabular select-all">
            {code}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-3">
        <CopyButton text={text} label={t`all recovery codes`} />
        <Button
          icon={Download}
          onPress={() => saveFile('eaves-recovery-codes.txt', `${location.host}\n\n${text}\n`, 'text/plain')}
        >
          <Trans>Save as a file</Trans>
        </Button>
      </div>
      <Button variant="primary" full onPress={onDone}>
        {done}
      </Button>
    </>
  )
}
