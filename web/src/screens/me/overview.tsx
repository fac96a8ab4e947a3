import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import {
  Bell,
  DatabaseBackup,
  FileText,
  History,
  House,
  Inbox,
  KeyRound,
  LogOut,
  Mail,
  MessageSquareWarning,
  MonitorSmartphone,
  Radar,
  ShieldCheck,
  ShieldUser,
  Smartphone,
  Terminal,
  Ticket,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useCorrections } from '../../data/corrections.ts'
import { useGate } from '../../data/gate.ts'
import { useCurrentHome, useHomes } from '../../data/homes.ts'
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
import { pageLocale } from '../../words/locale.ts'
import { chooseTheme, theme, type Theme } from '../../words/theme.ts'
import { Door, Doors } from './doors.tsx'
import { HomeDoors } from './home-doors.tsx'

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
            to={paths.mine('inbox')}
            icon={Inbox}
            name={t`What you were told`}
            hint={t`Dangers, low batteries, and what your automations say`}
          />
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
        <WatchDoor />
        <CorrectionsDoor />
        <Door to={paths.join} icon={Ticket} name={t`I have an invitation`} />
      </Doors>
    </Group>
  )
}

/** In a household whoever keeps a home keeps its server as well; a hosted service has staff for it. */
function useKeepsServer(): boolean {
  const isKeeper = useHomes().data?.some(({ role }) => role === 'owner' || role === 'admin') === true
  return useGate(pageLocale()).data?.role === 'household' && isKeeper
}

function WatchDoor() {
  const isHere = useKeepsServer()
  return (
    isHere && (
      <Door
        to={paths.mine('watch')}
        icon={Radar}
        name={t`The watch outside`}
        hint={t`Whether anybody would notice that this server has stopped`}
      />
    )
  )
}

/** Whoever keeps a home of a household answers what its people say is wrong. */
function CorrectionsDoor() {
  const isHere = useKeepsServer()
  const waiting = useCorrections(pageLocale(), isHere).data?.length
  return (
    isHere && (
      <Door
        to={paths.mine('corrections')}
        icon={MessageSquareWarning}
        name={t`Corrections`}
        hint={
          waiting === undefined || waiting === 0
            ? t`What people here say is wrong with their data`
            : plural(waiting, { one: '# waits for your answer', other: '# wait for your answer' })
        }
      />
    )
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
