import { t } from '@lingui/core/macro'
import type { ActivityKind } from '@eaves/model'
import type { ActivityRow, SignInRow, TokenRow } from '@eaves/model/api'
import {
  Download,
  Eye,
  FileText,
  Fingerprint,
  House,
  DoorOpen,
  KeyRound,
  LifeBuoy,
  Hand,
  Lock,
  LogIn,
  LogOut,
  Mail,
  ShieldAlert,
  ShieldCheck,
  Smartphone,
  Terminal,
  ToggleRight,
  Trash2,
  UserRound,
  Users,
  MapPin,
} from 'lucide-react'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { Name } from '../../ui/name.tsx'
import { actName } from '../../words/later/activity.ts'
import { clockTime } from '../../words/time.ts'

const icons: Readonly<Record<ActivityKind, LucideIcon>> = {
  'account-made': UserRound,
  'sign-in': LogIn,
  'sign-in-failed': ShieldAlert,
  'sign-out': LogOut,
  'sign-out-everywhere': LogOut,
  'sign-in-ended': LogOut,
  'recovery-code-used': LifeBuoy,
  'password-set': KeyRound,
  'password-removed': KeyRound,
  'recovery-codes-made': LifeBuoy,
  'address-changed': Mail,
  'passkey-added': Fingerprint,
  'passkey-removed': Fingerprint,
  'second-factor-added': Smartphone,
  'second-factor-removed': Smartphone,
  'token-made': Terminal,
  'token-ended': Terminal,
  agreement: FileText,
  'agreement-refused': FileText,
  'choice-given': ToggleRight,
  'choice-withdrawn': ToggleRight,
  'guardian-given': ToggleRight,
  'guardian-withdrawn': ToggleRight,
  'guardian-saw': Eye,
  'guardian-copy-asked': Download,
  'guardian-copy-taken': Download,
  'guardian-erasure-asked': Trash2,
  'guardian-took-back': ToggleRight,
  export: Download,
  'home-made': House,
  'home-removed': House,
  'home-joined': House,
  'home-left': House,
  'member-added': Users,
  'member-changed': Users,
  'member-removed': Users,
  'invitation-made': Mail,
  'invitation-ended': Mail,
  'home-offered': House,
  'home-taken-over': House,
  'home-offer-ended': House,
  'locked-out': ShieldAlert,
  'about-changed': House,
  'confirm-changed': Lock,
  'history-changed': House,
  'mode-set': DoorOpen,
  'presence-shared': DoorOpen,
  'presence-ended': DoorOpen,
  'place-shared': MapPin,
  'place-ended': MapPin,
  'places-shown': MapPin,
  'places-hidden': MapPin,
  'pin-set': KeyRound,
  'pin-removed': KeyRound,
  'panel-added': Smartphone,
  'panel-changed': Smartphone,
  'panel-code-made': Smartphone,
  'panel-removed': Smartphone,
  'alarm-armed': ShieldCheck,
  'alarm-disarmed': ShieldCheck,
  'alarm-changed': ShieldCheck,
  'alarm-code-changed': ShieldCheck,
  'credential-made': Terminal,
  'credential-ended': Terminal,
  'command-sensitive': Lock,
  'device-held': Hand,
  'device-let-go': Hand,
}

/** What the ids of a line stand for today. */
export interface Known {
  readonly signIns: readonly SignInRow[]
  readonly tokens: readonly TokenRow[]
  readonly homes: readonly { readonly id: string; readonly name: string }[]
}

export function ActivityEntry({ entry, known }: { readonly entry: ActivityRow; readonly known: Known }) {
  const home = known.homes.find(({ id }) => id === entry.home)?.name
  const actor = by(entry, known)
  const warns = entry.kind === 'sign-in-failed'
  return (
    <li className="flex items-start gap-4 p-4">
      <span
        {...(warns ? { 'data-tint': 'warn' } : {})}
        className={
          warns
            ? 'flex size-10 shrink-0 items-center justify-center rounded-control bg-tint text-tint-ink'
            : 'flex size-10 shrink-0 items-center justify-center rounded-control bg-surface-2 text-muted'
        }
      >
        <Icon of={icons[entry.kind]} />
      </span>
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-0.5">
        <span className="text-card">{actName(entry.kind)}</span>
        {home !== undefined && (
          <span className="text-state font-normal text-muted">
            <Name of={home} />
          </span>
        )}
        <span className="text-state font-normal wrap-anywhere text-muted">
          {actor}
          {entry.address !== undefined && (
            <>
              {actor !== undefined && ' · '}
              <span className="font-mono">{entry.address}</span>
              {entry.shortened === true && <> {t`(shortened)`}</>}
            </>
          )}
        </span>
      </div>
      <time dateTime={entry.at} className="tabular shrink-0 pt-0.5 text-state text-muted">
        {clockTime(Date.parse(entry.at))}
      </time>
    </li>
  )
}

/** By what: a sign-in or token that still exists by its name, else by its kind. */
function by({ device, surface }: ActivityRow, { signIns, tokens }: Known): string | undefined {
  const signIn = signIns.find(({ id }) => id === device)
  if (signIn?.current === true) return t`This browser`
  if (signIn?.device !== undefined) return signIn.device
  if (surface === 'cli') return t`Command line of the server`
  const token = tokens.find(({ id }) => id === device)
  if (token !== undefined) return t`Access token “${token.name}”`
  if (surface === 'api') return t`An access token that has ended`
  if (signIn !== undefined) return t`Another browser`
  return device === undefined ? undefined : t`A browser that is signed out`
}
