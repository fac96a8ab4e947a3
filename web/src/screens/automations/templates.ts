import { t } from '@lingui/core/macro'
import type { DeviceView } from '@eaves/model'
import { AlarmClock, DoorOpen, Heater, House, LampCeiling, Pointer, SunMoon, Waves } from 'lucide-react'
import type { LucideIcon } from '../../ui/icon.tsx'
import { emptyDraft, type Draft } from './draft.ts'
import { aimAt, heatedAim } from './nearby.ts'
import type { Action, Aim, Trigger } from './shape.ts'

export const templateIds = ['motion', 'door', 'sunset', 'button', 'cold', 'leak', 'left', 'back'] as const
export type TemplateId = (typeof templateIds)[number]
export interface Template {
  readonly id: TemplateId
  readonly title: string
  readonly icon: LucideIcon
}
/** What many homes want; each begins the editor with the devices that are there. */
export const templates = (): readonly Template[] => [
  { id: 'motion', title: t`Light by motion at night`, icon: LampCeiling },
  { id: 'door', title: t`A door or window was left open`, icon: AlarmClock },
  { id: 'sunset', title: t`Light when the sun sets`, icon: SunMoon },
  { id: 'button', title: t`A button for a lamp`, icon: Pointer },
  { id: 'cold', title: t`Heat a cold room`, icon: Heater },
  { id: 'left', title: t`Away when everybody has left`, icon: DoorOpen },
  { id: 'back', title: t`At home when somebody comes back`, icon: House },
  { id: 'leak', title: t`Water where none should be`, icon: Waves },
]

const state = (capability: string, attribute: string, aim: Aim, forSeconds?: number): Trigger =>
  ({
    kind: 'state',
    capability,
    attribute,
    to: true,
    ...(forSeconds === undefined ? {} : { forSeconds }),
    ...aim,
  }) as Trigger
const command = (capability: string, name: string, aim: Aim, args?: Record<string, number>): Action =>
  ({ kind: 'command', capability, command: name, ...(args ? { args } : {}), ...aim }) as Action

export function draftFrom(id: TemplateId, devices: readonly DeviceView[]): Draft {
  const lampBy = (near?: Aim): Aim => aimAt(devices, 'onOff', ['light'], near)
  switch (id) {
    case 'motion': {
      const motion = aimAt(devices, 'occupancy')
      const lamp = lampBy(motion)
      return {
        ...emptyDraft,
        triggers: [state('occupancy', 'occupied', motion)],
        conditions: [{ kind: 'sun', is: 'night' }],
        actions: [
          command('onOff', 'turnOn', lamp),
          { kind: 'delay', seconds: 120 },
          command('onOff', 'turnOff', lamp),
        ],
        mode: 'restart',
      }
    }
    case 'door':
      return {
        ...emptyDraft,
        triggers: [state('contact', 'open', aimAt(devices, 'contact'), 600)],
        actions: [{ kind: 'notify', to: 'author', text: t`A door or window has been open for ten minutes.` }],
      }
    case 'sunset':
      return {
        ...emptyDraft,
        triggers: [{ kind: 'sun', event: 'sunset' }],
        actions: [command('onOff', 'turnOn', lampBy())],
      }
    case 'button': {
      const button = aimAt(devices, 'button')
      return {
        ...emptyDraft,
        triggers: [{ kind: 'event', capability: 'button', event: 'pressed', ...button } as Trigger],
        actions: [command('onOff', 'toggle', lampBy(button))],
      }
    }
    case 'cold': {
      const cold = heatedAim(devices)
      const trigger = { kind: 'numeric', capability: 'temperature', attribute: 'celsius', below: 18, ...cold }
      return {
        ...emptyDraft,
        triggers: [trigger as Trigger],
        actions: [
          command('thermostat', 'setTarget', aimAt(devices, 'thermostat', ['climate'], cold), {
            celsius: 21,
          }),
        ],
      }
    }
    case 'left':
      return {
        ...emptyDraft,
        triggers: [{ kind: 'presence', who: 'everyone', is: 'away', forSeconds: 300 }],
        conditions: [{ kind: 'mode', is: 'home' }],
        actions: [{ kind: 'mode', to: 'away' }],
      }
    case 'back':
      return {
        ...emptyDraft,
        triggers: [{ kind: 'presence', who: 'anyone', is: 'home' }],
        conditions: [{ kind: 'mode', is: 'away' }],
        actions: [{ kind: 'mode', to: 'home' }],
      }
    case 'leak':
      return {
        ...emptyDraft,
        triggers: [state('waterLeak', 'detected', { everywhere: true })],
        actions: [{ kind: 'notify', to: 'everybody', text: t`Water has been found at home.` }],
      }
  }
}
