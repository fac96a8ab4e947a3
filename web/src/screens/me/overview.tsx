import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import {
  Bell,
  Cable,
  DatabaseBackup,
  FileText,
  History,
  House,
  KeyRound,
  LockKeyhole,
  LogOut,
  Mail,
  MonitorSmartphone,
  NotebookPen,
  ShieldCheck,
  ShieldUser,
  Smartphone,
  Tablet,
  Terminal,
  Ticket,
  UserRoundCheck,
  Users,
  Workflow,
  Wrench,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useCan, useCurrentHome, useHomes } from '../../data/homes.ts'
import { rememberHome } from '../../data/last-home.ts'
import { useEditMe, useMe } from '../../data/me.ts'
import { useSignOut } from '../../data/sign-out.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { setShortcuts, shortcutsOn } from '../../shell/shortcuts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Name } from '../../ui/name.tsx'
import { LineSkeleton } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { chooseTheme, theme, type Theme } from '../../words/theme.ts'
import { Door, Doors } from './doors.tsx'

function Group({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <h2 id={id} className="text-section">
        <Name of={title} lines={2} />
      </h2>
      {children}
    </section>
  )
}
export function Overview() {
  const me = useMe()
  return (
    <div className="grid gap-8">
      <header className="grid gap-1">
        <h1 className="text-display">
          <Trans>Me</Trans>
        </h1>
        {me.data ? (
          <Who email={me.data.email} phone={me.data.phone} verified={me.data.verified} />
        ) : me.error ? (
          <QueryError error={me.error} retry={me.refetch} />
        ) : (
          <LineSkeleton wide />
        )}
      </header>
      <Group id="you" title={t({ context: 'section', message: 'You' })}>
        <Doors>
          <Door
            to={paths.mine('notifications')}
            icon={Bell}
            name={t`Notifications`}
            hint={t`Which browsers tell you when something happens`}
          />
          <Door
            to={paths.mine('activity')}
            icon={History}
            name={t`Your activity`}
            hint={t`What was done, and from where`}
          />
        </Doors>
      </Group>
      <SigningIn />
      <Homes />
      <Group id="privacy" title={t`Privacy`}>
        <Doors>
          <Door
            to={paths.privacy}
            icon={ShieldUser}
            name={t`Your data`}
            hint={t`What is held, who got it, a copy, erasing your account`}
          />
          <Door
            to={paths.mine('choices')}
            icon={ShieldCheck}
            name={t`Your choices`}
            hint={t`Optional uses, each with a switch and a receipt`}
          />
          <Door
            to={paths.mine('agreements')}
            icon={FileText}
            name={t`Agreements and documents`}
            hint={t`What you agreed to, and when`}
          />
          <Door to={paths.contact} icon={Mail} name={t`Contact`} hint={t`Who answers for this server`} />
        </Doors>
      </Group>
      <App />
      <SignOut />
    </div>
  )
}

function SigningIn() {
  const me = useMe().data
  const hint =
    me &&
    (me.hasPassword
      ? t`A password is set. Recovery codes left: ${me.recoveryCodesLeft}`
      : t`No password. Recovery codes left: ${me.recoveryCodesLeft}`)
  return (
    <Group id="security" title={t`Signing in`}>
      <Doors>
        <Door
          to={paths.mine('security')}
          icon={KeyRound}
          name={t`Account and security`}
          {...(hint === undefined ? {} : { hint })}
        />
        <Door
          to={paths.mine('sign-ins')}
          icon={MonitorSmartphone}
          name={t`Where you are signed in`}
          hint={t`Each browser, and when it was last used`}
        />
        <Door
          to={paths.mine('tokens')}
          icon={Terminal}
          name={t`Access tokens`}
          hint={t`For programs of your own`}
        />
      </Doors>
    </Group>
  )
}

function Who({
  email,
  phone,
  verified,
}: {
  readonly email: string | undefined
  readonly phone: string | undefined
  readonly verified: { readonly email: boolean; readonly phone: boolean }
}) {
  const lines = [
    [email, verified.email],
    [phone, verified.phone],
  ] as const
  return lines.map(
    ([address, isVerified]) =>
      address !== undefined && (
        <p key={address} className="text-body text-muted">
          <span className="break-all">{address}</span>
          {isVerified ? (
            <Badge>
              <Trans>Confirmed</Trans>
            </Badge>
          ) : (
            <span className="block text-state font-normal">
              <Trans>Not confirmed yet: the first sign-in by code does it.</Trans>
            </span>
          )}
        </p>
      ),
  )
}

function Homes() {
  const homes = useHomes().data ?? []
  const current = useCurrentHome()
  const me = useMe().data
  return (
    <Group id="home" title={current?.name ?? t`Your home`}>
      {homes.length > 1 && (
        <Select label={t`Which home`} value={current?.id} options={homes} onChange={rememberHome} />
      )}
      {current && (
        <Doors>
          <HomeDoors home={current.id} />
        </Doors>
      )}
      <Doors>
        {me?.mayCreateHome === true && (
          <Door
            to={paths.createHome}
            icon={House}
            name={current ? t`Create another home` : t`Create a home`}
          />
        )}
        {homes.some(({ role }) => role === 'owner' || role === 'admin') && (
          <Door
            to={paths.mine('backup')}
            icon={DatabaseBackup}
            name={t`Backup`}
            hint={t`The last copy of everything, and how long a restore would take`}
          />
        )}
        <Door to={paths.join} icon={Ticket} name={t`I have an invitation`} />
      </Doors>
    </Group>
  )
}

/** What can be done about the home; what this person cannot do there is absent. */
function HomeDoors({ home }: { readonly home: string }) {
  const can = useCan(home)
  return (
    <>
      {(can('home.edit') || can('floor.edit')) && (
        <Door
          to={paths.mine('home')}
          icon={House}
          name={t`Home settings`}
          hint={t`Name, time zone, floors and rooms`}
        />
      )}
      {can('home.about') && (
        <Door
          to={paths.about(home)}
          icon={NotebookPen}
          name={t`About the home`}
          hint={t`Floor area, family status, address: all optional`}
        />
      )}
      {can('member.read') && (
        <Door
          to={paths.members(home)}
          icon={Users}
          name={t`Members`}
          hint={can('member.manage') ? t`Who may do what, and invitations` : t`Who belongs to this home`}
        />
      )}
      {can('member.self') && (
        <Door
          to={paths.place(home)}
          icon={UserRoundCheck}
          name={t`Your place in this home`}
          hint={t`What you may do, what others see of you, leaving`}
        />
      )}
      {can('automation.read') && (
        <Door
          to={paths.automations(home)}
          icon={Workflow}
          name={t`Automations`}
          hint={t`What the home does by itself`}
        />
      )}
      {can('device.command') && (
        <Door
          to={paths.mine('locks')}
          icon={LockKeyhole}
          name={t`Locks and PIN`}
          hint={t`Who confirms what locks are told, and how`}
        />
      )}
      {can('member.manage') && (
        <Door
          to={paths.panels(home)}
          icon={Tablet}
          name={t`Wall panels`}
          hint={t`Tablets that everybody in the house may use`}
        />
      )}
      {can('connection.read') && (
        <Door
          to={paths.mine('connections')}
          icon={Cable}
          name={t`Connections`}
          hint={t`What is linked, and how it is doing`}
        />
      )}
      {can('connection.read') && (
        <Door
          to={paths.maintenance(home)}
          icon={Wrench}
          name={t`Care`}
          hint={t`Batteries, updates, and devices that are silent`}
        />
      )}
    </>
  )
}

function App() {
  const [now, setNow] = useState<Theme>(theme)
  const [keys, setKeys] = useState(shortcutsOn)
  const edit = useEditMe()
  const choose = (next: Theme): void => {
    chooseTheme(next)
    setNow(next)
    edit.mutate({ theme: next })
  }
  return (
    <Group id="app" title={t`App`}>
      <Failure error={edit.error} />
      <Doors>
        <Door
          to={paths.mine('phone')}
          icon={Smartphone}
          name={t`Use on your phone`}
          hint={t`A code to scan, and what to compare`}
        />
      </Doors>
      <div className="grid gap-3 sm:grid-cols-2">
        <LanguageSwitch onChosen={(locale) => edit.mutate({ locale })} />
        <Segmented
          label={t`Theme`}
          value={now}
          onChange={choose}
          options={[
            { id: 'system', name: t`As the device` },
            { id: 'light', name: t`Light` },
            { id: 'dark', name: t`Dark` },
          ]}
        />
      </div>
      <Switch
        selected={keys}
        onChange={(on) => {
          setShortcuts(on)
          setKeys(on)
        }}
      >
        <Trans>Keyboard shortcuts: g then h for Home, g then r for Rooms, / for Search</Trans>
      </Switch>
    </Group>
  )
}

function SignOut() {
  const out = useSignOut()
  const navigate = useNavigate()
  return (
    <div className="grid justify-items-start gap-3">
      <Failure error={out.error} />
      <Button
        icon={LogOut}
        isDisabled={out.isPending}
        onPress={() =>
          out.mutate('here', { onSuccess: () => void navigate({ to: paths.signIn, replace: true }) })
        }
      >
        <Trans>Sign out</Trans>
      </Button>
    </div>
  )
}
