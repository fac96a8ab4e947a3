import { t } from '@lingui/core/macro'
import type { AutomationTextFault } from '@eaves/model/api'
import { faultWord } from './faults.ts'

const kinds: Readonly<Record<string, (name: string) => string>> = {
  device: (name) => t`There is no device called “${name}” here.`,
  room: (name) => t`There is no room called “${name}” here.`,
  scene: (name) => t`There is no scene called “${name}” here.`,
  automation: (name) => t`There is no automation called “${name}” here.`,
}
const whole: Readonly<Record<string, () => string>> = {
  'text-too-deep': () => t`This text is nested too deeply.`,
  'text-too-big': () => t`This text has too much in it. Bring it in piece by piece.`,
  'text-alias': () => t`References within a text (*) are not taken. Write it out instead.`,
  'text-empty': () => t`There is nothing in this text.`,
  'text-several': () => t`This is more than one document. Bring them in one by one.`,
  'text-key': () => t`This word cannot be a key.`,
  'text-number': () => t`This number is too large.`,
  'text-form': () => t`This text is of a form that this server does not know.`,
  'text-no-list': () => t`There is no list of automations in this text.`,
  'text-no-automation': () => t`This is no automation.`,
  'text-no-blueprint': () => t`This is no blueprint: it has to begin with “eaves: blueprint/1”.`,
  'input-kind': () => t`This is not what is asked for.`,
  'input-bounds': () => t`This is outside of what the blueprint allows.`,
  'input-unknown': () => t`The blueprint uses an input here that it does not ask for.`,
  'input-unused': () => t`The blueprint asks for this and uses it nowhere.`,
  'input-twice': () => t`The blueprint asks for this twice under one name.`,
  'input-place': () => t`An input of this kind cannot stand here.`,
  'text-twice': () => t`This one stands in the text twice.`,
  'unknown-field': () => t`This word is not known here.`,
  'invalid-value': () => t`This is none of what can stand here.`,
  'invalid-union': () => t`This is none of what can stand here.`,
  'too-small': () => t`This is too little or too short.`,
  'invalid-type': () => t`Something is missing here, or of another kind.`,
}
export function textFaultWord({ code, what, name }: AutomationTextFault): string {
  if (what !== undefined && name !== undefined)
    return code === 'several'
      ? t`Several things here are called “${name}”. Write the identifier of the one that is meant.`
      : (kinds[what]?.(name) ?? faultWord(code))
  if (code.startsWith('yaml-')) return t`This is not written as YAML is.`
  return whole[code]?.() ?? faultWord(code)
}

/** What is wrong in a text, each with its line, which a press on it shows. */
export function TextFaults({
  faults,
  onLine,
}: {
  readonly faults: readonly AutomationTextFault[]
  readonly onLine: (line: number) => void
}) {
  return (
    <div role="alert">
      <ul className="grid gap-1 text-state">
        {faults.map((fault) => (
          <Fault key={`${fault.line} ${fault.path} ${fault.code}`} fault={fault} onLine={onLine} />
        ))}
      </ul>
    </div>
  )
}

function Fault({
  fault,
  onLine,
}: {
  readonly fault: AutomationTextFault
  readonly onLine: (line: number) => void
}) {
  const { line } = fault
  return (
    <li className="wrap-anywhere">
      {line !== undefined && (
        <button
          type="button"
          className="press me-2 min-h-6 text-accent underline"
          onClick={() => onLine(line)}
        >
          {t`Line ${line}`}
        </button>
      )}
      {textFaultWord(fault)}
    </li>
  )
}
