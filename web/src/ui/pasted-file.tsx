import { t } from '@lingui/core/macro'
import { FileText } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { inputLook } from './field.tsx'
import { Icon } from './icon.tsx'

const usualBytes = 64 * 1024

/** Several lines of text, such as a certificate, pasted or taken from a file. */
export function PastedFile({
  label,
  value,
  onChange,
  hint,
  accept,
  mostBytes = usualBytes,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly accept: readonly string[]
  readonly mostBytes?: number
}) {
  const [isTooLarge, setIsTooLarge] = useState(false)
  const read = (files: FileList | null): void => {
    const file = files?.[0]
    if (!file) return
    setIsTooLarge(file.size > mostBytes)
    if (file.size <= mostBytes) void file.text().then(onChange)
  }
  return (
    <div className="grid gap-1.5">
      <AriaTextField value={value} onChange={onChange} className="grid gap-1.5">
        <Label className="text-card">{label}</Label>
        <AriaTextArea
          spellCheck={false}
          autoComplete="off"
          rows={3}
          className={`${inputLook} py-2 font-mono text-state font-normal`}
        />
        {hint && (
          <Text slot="description" className="text-state font-normal text-muted">
            {hint}
          </Text>
        )}
      </AriaTextField>
      {/* Outside of the field, whose value would be put into the file input as well. */}
      <FileTrigger acceptedFileTypes={[...accept]} onSelect={read}>
        <AriaButton
          aria-label={`${t`From a file`}: ${label}`}
          className="press inline-flex min-h-11 items-center gap-2 justify-self-start rounded-control text-card text-accent"
        >
          <Icon of={FileText} size={18} />
          {t`From a file`}
        </AriaButton>
      </FileTrigger>
      {isTooLarge && (
        <p role="alert" className="text-state text-alert">
          {t`This file is too large to be such a text. Nothing was taken from it.`}
        </p>
      )}
    </div>
  )
}
