import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { roleVerbs } from '@eaves/policy'
import type { Member } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { CircleDashed, Eye, Hand, Minus, type LucideIcon } from 'lucide-react'
import { rightsOn, type Standing } from '../../devices/rights.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/icon.tsx'
import { Name } from '../../ui/name.tsx'
import { memberName } from '../../words/later/members.ts'
import type { HomeFacts } from './home-facts.ts'
import { sumOf, type Sum } from './sum.ts'

const looks: Readonly<Record<Sum, { readonly icon: LucideIcon; readonly word: () => string }>> = {
  use: { icon: Hand, word: () => t`Uses all` },
  look: { icon: Eye, word: () => t`Looks` },
  some: { icon: CircleDashed, word: () => t`Some` },
  none: { icon: Minus, word: () => t`Nothing` },
}

/** People and rooms: at a glance, who gets how much where. Hours are not part of it. */
export function Matrix({
  home,
  members,
  facts,
}: {
  readonly home: string
  readonly members: readonly Member[]
  readonly facts: HomeFacts
}) {
  const columns = [
    ...facts.rooms.map(({ id, name }) => ({
      id,
      name,
      devices: facts.devices.filter(({ room }) => room === id),
    })),
    { id: 'none', name: t`In no room`, devices: facts.devices.filter(({ room }) => room === null) },
  ].filter(({ devices }) => devices.length > 0)
  if (columns.length === 0) return null
  return (
    <div
      // Wider than the page in a home of many rooms: it scrolls by itself; the links in it bring it along by the keys.
      className="overflow-x-auto rounded-card border border-line bg-surface"
    >
      <table className="w-full border-collapse text-start">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className="sticky start-0 bg-surface p-3 text-start text-state text-muted">
              <Trans>Member</Trans>
            </th>
            {columns.map(({ id, name }) => (
              <th key={id} scope="col" className="max-w-40 min-w-24 p-3 text-start text-state text-muted">
                <Name of={name} lines={2} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.accountId} className="border-b border-line last:border-0">
              <th scope="row" className="sticky start-0 max-w-48 bg-surface p-3 text-start text-card">
                <Link
                  to={member.you ? paths.place(home) : paths.member(home, member.accountId)}
                  className="block underline-offset-2 hover:underline"
                >
                  <Name of={memberName(member)} />
                </Link>
              </th>
              {columns.map(({ id, devices }) => (
                <Cell key={id} sum={sumFor(member, devices)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function sumFor(member: Member, devices: readonly DeviceView[]): Sum {
  const standing: Standing = {
    role: member.role,
    verbs: [...(roleVerbs.get(member.role) ?? [])],
    limits: member.limits as Standing['limits'],
  }
  return sumOf(devices.map((device) => rightsOn(standing, device)))
}

function Cell({ sum }: { readonly sum: Sum }) {
  const { icon, word } = looks[sum]
  return (
    <td className="p-3">
      <span
        {...(sum === 'use' ? { 'data-tint': 'secure' } : sum === 'none' ? {} : { 'data-tint': 'cool' })}
        className={
          sum === 'none'
            ? 'inline-flex items-center gap-1.5 text-state whitespace-nowrap text-muted'
            : 'inline-flex items-center gap-1.5 rounded-pill bg-tint px-2.5 py-1 text-state whitespace-nowrap text-tint-ink'
        }
      >
        <Icon of={icon} size={16} />
        {word()}
      </span>
    </td>
  )
}
