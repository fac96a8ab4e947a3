import { t } from '@lingui/core/macro'
import {
  MessageSquareMore,
  Braces,
  CalendarClock,
  CalendarDays,
  Clock4,
  DoorOpen,
  CloudMoon,
  Coins,
  Gauge,
  GitFork,
  Ear,
  Hourglass,
  ListTree,
  MapPin,
  Moon,
  NotebookPen,
  OctagonX,
  Play,
  Repeat,
  Send,
  Siren,
  Sun,
  Sunset,
  Timer,
  TimerReset,
  UserRoundCheck,
  WandSparkles,
  MessageCircleQuestionMark,
  Webhook,
  ListRestart,
} from 'lucide-react'
import type { LucideIcon } from '../../ui/icon.tsx'
import type { ComponentType } from 'react'
import { ActionDetails } from './action-details.tsx'
import { actionChips, conditionChips, triggerChips, type Chips } from './chips.ts'
import { actionChoices, conditionChoices, triggerChoices, type Choice, type ChoiceDeps } from './choices.ts'
import { ConditionDetails } from './condition-details.tsx'
import type { Known } from './known.ts'
import { pricedMeters, type Names } from './names.ts'
import { actionPhrase, conditionPhrase, triggerPhrase } from './phrases.ts'
import { deepest, noTrigger, type Action, type Condition, type Trigger } from './shape.ts'
import { TriggerDetails, type DetailsProps } from './trigger-details.tsx'

/** What can be chosen besides devices. */
export interface Other<T> {
  readonly name: string
  readonly icon: LucideIcon
  readonly item: T
  readonly isOpen: boolean
}
/** What the form has to know of triggers, conditions or actions. */
export interface Kit<T> {
  readonly kind: 'trigger' | 'condition' | 'action'
  /** Everything is meant of a room, not just anything. */
  readonly all: boolean
  readonly add: () => string
  readonly others: (known: Known, depth: number) => readonly Other<T>[]
  readonly choices: (deps: ChoiceDeps) => readonly Choice<T>[]
  readonly chips: (item: T, names: Names) => Chips
  readonly phrase: (item: T, names: Names) => string
  readonly Details: ComponentType<DetailsProps<T>>
}

export const triggerKit: Kit<Trigger> = {
  kind: 'trigger',
  all: false,
  add: () => t`Add what happens`,
  others: ({ automations, hooks, calendars, meters, places = [] }) => [
    { name: t`At a time of day`, icon: Clock4, item: { kind: 'time', at: '07:00' }, isOpen: true },
    {
      name: t`Every so many minutes`,
      icon: Timer,
      item: { kind: 'every', minutes: 15 },
      isOpen: true,
    },
    {
      name: t`When somebody comes or leaves`,
      icon: UserRoundCheck,
      item: { kind: 'presence', who: 'everyone', is: 'away' },
      isOpen: true,
    },
    ...places.slice(0, 1).map(({ id }): Other<Trigger> => ({
      name: t`When somebody comes to a place or leaves it`,
      icon: MapPin,
      item: { kind: 'place', place: id, who: 'anyone', is: 'there' },
      isOpen: true,
    })),
    {
      name: t`By the mode of the home`,
      icon: DoorOpen,
      item: { kind: 'mode', to: 'away' },
      isOpen: true,
    },
    { name: t`By the sun`, icon: Sunset, item: { kind: 'sun', event: 'sunset' }, isOpen: true },
    { name: t`By the alarm`, icon: Siren, item: { kind: 'alarm', to: 'triggered' }, isOpen: true },
    ...automations.slice(0, 1).map(({ id }): Other<Trigger> => ({
      name: t`After another automation`,
      icon: ListRestart,
      item: { kind: 'run', automation: id, result: 'done' },
      isOpen: true,
    })),
    ...calendars.slice(0, 1).map(({ id }): Other<Trigger> => ({
      name: t`By a calendar`,
      icon: CalendarClock,
      item: { kind: 'calendar', calendar: id, event: 'start' },
      isOpen: true,
    })),
    ...meters.slice(0, 1).map(({ id }): Other<Trigger> => ({
      name: t`By what a meter counts`,
      icon: Gauge,
      item: { kind: 'energy', meter: id, over: 10, period: 'day' },
      isOpen: true,
    })),
    ...pricedMeters({ meters })
      .slice(0, 1)
      .map(({ id }): Other<Trigger> => ({
        name: t`By the price of electricity`,
        icon: Coins,
        item: { kind: 'price', meter: id, cheapest: 3 },
        isOpen: true,
      })),
    ...hooks.slice(0, 1).map(({ id }): Other<Trigger> => ({
      name: t`A call from outside`,
      icon: Webhook,
      item: { kind: 'webhook', hook: id },
      isOpen: true,
    })),
  ],
  choices: triggerChoices,
  chips: triggerChips,
  phrase: triggerPhrase,
  Details: TriggerDetails,
}

export const conditionKit: Kit<Condition> = {
  kind: 'condition',
  all: false,
  add: () => t`Add a condition`,
  others: ({ calendars, meters, places = [] }, depth) => [
    { name: t`It is night`, icon: Moon, item: { kind: 'sun', is: 'night' }, isOpen: false },
    { name: t`It is dark`, icon: CloudMoon, item: { kind: 'sun', is: 'dark' }, isOpen: false },
    { name: t`It is day`, icon: Sun, item: { kind: 'sun', is: 'day' }, isOpen: false },
    { name: t`By the mode of the home`, icon: DoorOpen, item: { kind: 'mode', is: 'away' }, isOpen: true },
    {
      name: t`By who is home`,
      icon: UserRoundCheck,
      item: { kind: 'presence', who: 'anyone', is: 'home' },
      isOpen: true,
    },
    ...places.slice(0, 1).map(({ id }): Other<Condition> => ({
      name: t`By who is at a place`,
      icon: MapPin,
      item: { kind: 'place', place: id, who: 'anyone', is: 'there' },
      isOpen: true,
    })),
    { name: t`How the alarm stands`, icon: Siren, item: { kind: 'alarm', is: 'armed-away' }, isOpen: true },
    {
      name: t`Between two times`,
      icon: Clock4,
      item: { kind: 'time', after: '22:00', before: '06:00' },
      isOpen: true,
    },
    {
      name: t`On certain days`,
      icon: CalendarDays,
      item: { kind: 'time', weekdays: [1, 2, 3, 4, 5] },
      isOpen: true,
    },
    ...calendars.slice(0, 1).map(({ id }): Other<Condition> => ({
      name: t`Something in a calendar is going on`,
      icon: CalendarClock,
      item: { kind: 'calendar', calendar: id },
      isOpen: true,
    })),
    ...pricedMeters({ meters })
      .slice(0, 1)
      .map(({ id }): Other<Condition> => ({
        name: t`By the price of electricity`,
        icon: Coins,
        item: { kind: 'price', meter: id, cheapest: 3 },
        isOpen: true,
      })),
    ...(depth > 0
      ? []
      : [
          {
            name: t`One of several conditions`,
            icon: ListTree,
            item: { kind: 'or' as const, conditions: [] },
            isOpen: false,
          },
          {
            name: t`An expression`,
            icon: Braces,
            item: { kind: 'expression' as const, cel: 'true' },
            isOpen: true,
          },
        ]),
  ],
  choices: conditionChoices,
  chips: conditionChips,
  phrase: conditionPhrase,
  Details: ConditionDetails,
}

export const actionKit: Kit<Action> = {
  kind: 'action',
  all: true,
  add: () => t`Add what is done`,
  others: (known, depth) => [...plainActions(known), ...(depth >= deepest ? [] : nestedActions())],
  choices: actionChoices,
  chips: actionChips,
  phrase: actionPhrase,
  Details: ActionDetails,
}
function plainActions({ scenes, automations, mayCall }: Known): readonly Other<Action>[] {
  return [
    {
      name: t`Send a notice`,
      icon: MessageSquareMore,
      item: { kind: 'notify', to: 'author', text: '' },
      isOpen: true,
    },
    { name: t`Set the mode of the home`, icon: DoorOpen, item: { kind: 'mode', to: 'away' }, isOpen: true },
    { name: t`Wait a while`, icon: TimerReset, item: { kind: 'delay', seconds: 60 }, isOpen: true },
    {
      name: t`Wait until something is so`,
      icon: Hourglass,
      item: { kind: 'wait', until: { kind: 'and', conditions: [] }, timeoutSeconds: 600 },
      isOpen: false,
    },
    {
      name: t`Wait until something happens`,
      icon: Ear,
      item: { kind: 'waitFor', trigger: noTrigger, timeoutSeconds: 600 },
      isOpen: false,
    },
    {
      name: t`Remember a value`,
      icon: NotebookPen,
      item: { kind: 'set', name: 'value', cel: 'trigger.value' },
      isOpen: true,
    },
    ...scenes.slice(0, 1).map(({ id }): Other<Action> => ({
      name: t`Start a scene`,
      icon: WandSparkles,
      item: { kind: 'scene', scene: id },
      isOpen: true,
    })),
    ...automations.slice(0, 1).map(({ id }): Other<Action> => ({
      name: t`Run another automation`,
      icon: Play,
      item: { kind: 'run', automation: id },
      isOpen: true,
    })),
    ...(mayCall === true
      ? [
          {
            name: t`Call an address`,
            icon: Send,
            item: { kind: 'webhook' as const, url: '' },
            isOpen: true,
          },
        ]
      : []),
    { name: t`Arm the alarm`, icon: Siren, item: { kind: 'alarm', to: 'away' }, isOpen: true },
    { name: t`Stop there`, icon: OctagonX, item: { kind: 'stop' }, isOpen: false },
  ]
}
function nestedActions(): readonly Other<Action>[] {
  return [
    {
      name: t`Ask and wait for the answer`,
      icon: MessageCircleQuestionMark,
      item: {
        kind: 'ask',
        to: 'author',
        text: '',
        answers: [
          { label: t`Yes`, then: [] },
          { label: t`No`, then: [] },
        ],
        timeoutSeconds: 600,
      },
      isOpen: true,
    },
    {
      name: t`One thing or another`,
      icon: GitFork,
      item: { kind: 'choose', options: [{ when: [], then: [] }] },
      isOpen: false,
    },
    { name: t`Several times`, icon: Repeat, item: { kind: 'repeat', times: 3, actions: [] }, isOpen: false },
  ]
}
