import { plural, t } from '@lingui/core/macro'
import type { Identifier } from '@eaves/model/api'
import { useState } from 'react'
import { likelyCountry, readIdentifier } from '../../data/identifier.ts'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { Part } from '../../ui/part.tsx'

const lifetimes = ['1', '24', '72', '168'] as const
const inWords = (hours: number): string =>
  hours < 24
    ? plural(hours, { one: '# hour', other: '# hours' })
    : plural(hours / 24, { one: '# day', other: '# days' })

export interface SendingState {
  readonly hours: number
  readonly address: string
  readonly wrong: string | undefined
  readonly setHours: (hours: number) => void
  readonly setAddress: (address: string) => void
  /** The address as the API takes it; undefined when none is given. */
  readonly read: () => Promise<Identifier | undefined | 'wrong'>
  readonly clear: () => void
}
export function useSending(): SendingState {
  const [hours, setHours] = useState(72)
  const [address, setAddress] = useState('')
  const [wrong, setWrong] = useState<string>()
  return {
    hours,
    address,
    wrong,
    setHours,
    setAddress,
    read: async () => {
      setWrong(undefined)
      if (address.trim() === '') return undefined
      const identifier = await readIdentifier(address, likelyCountry())
      if (identifier !== undefined) return identifier
      setWrong(t`Enter an e-mail address, or a phone number with its country code.`)
      return 'wrong'
    },
    clear: () => {
      setAddress('')
      setHours(72)
    },
  }
}

/** How long the code is good for, and whether Eaves sends it. */
export function SendingPart({ sending }: { readonly sending: SendingState }) {
  return (
    <Part id="sending" title={t`The code`} lead={t`It works once. You can take it back until it is used.`}>
      <Select
        label={t`Good for`}
        value={String(sending.hours) as (typeof lifetimes)[number]}
        onChange={(hours) => sending.setHours(Number(hours))}
        options={lifetimes.map((id) => ({ id, name: inWords(Number(id)) }))}
      />
      <TextField
        label={t`Send it to an e-mail address or phone number (optional)`}
        value={sending.address}
        onChange={sending.setAddress}
        error={sending.wrong}
        inputMode="email"
        autoComplete="off"
        maxLength={254}
        notice={
          <Notice
            why={t`So that the invitation reaches them without you.`}
            mandatory={t`Not needed: you can show or send the code yourself.`}
            keptFor={t`not at all; it is used once and forgotten`}
            recipients={[t`whoever carries mail or messages for this server`]}
          />
        }
      />
    </Part>
  )
}
