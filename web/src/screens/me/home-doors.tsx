import { t } from '@lingui/core/macro'
import {
  Cable,
  ChartLine,
  DoorOpen,
  House,
  ListChecks,
  Luggage,
  Siren,
  LockKeyhole,
  NotebookPen,
  Tablet,
  UserRoundCheck,
  Users,
  WandSparkles,
  Workflow,
  Wrench,
  Zap,
} from 'lucide-react'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Door } from './doors.tsx'

/** What can be done about the home; what this person cannot do there is absent. */
export function HomeDoors({ home }: { readonly home: string }) {
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
      {can('mode.read') && (
        <Door
          to={paths.modes(home)}
          icon={DoorOpen}
          name={t`Modes and presence`}
          hint={t`At home, away, night, vacation, and who is there`}
        />
      )}
      {can('scene.read') && (
        <Door
          to={paths.scenes(home)}
          icon={WandSparkles}
          name={t`Scenes`}
          hint={t`Several devices at one touch`}
        />
      )}
      {can('alarm.read') && (
        <Door
          to={paths.alarm(home)}
          icon={Siren}
          name={t({ context: 'alarm', message: 'Alarm' })}
          hint={t`Armed and disarmed, with codes`}
        />
      )}
      {can('vacation.manage') && (
        <Door
          to={paths.vacation(home)}
          icon={Luggage}
          name={t`While you are away`}
          hint={t`Lamps go on and off as on evenings of the past`}
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
      {can('history.read') && (
        <Door
          to={paths.activity(home)}
          icon={ListChecks}
          name={t`What happened`}
          hint={t`Who or what did it, and when`}
        />
      )}
      {can('history.read') && (
        <Door
          to={paths.history(home)}
          icon={ChartLine}
          name={t`History`}
          hint={t`What any value was, by day, week, month and year`}
        />
      )}
      {can('energy.read') && (
        <Door
          to={paths.energy(home)}
          icon={Zap}
          name={t`Energy and cost`}
          hint={t`What the home draws, makes and uses, and what it costs`}
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
