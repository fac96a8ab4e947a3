import { ownHome, person, token, type PromiseCases } from './case.ts'

export const locksAndCameras: PromiseCases = {
  promise: 'Who may only switch a light cannot open a door, by whatever way they ask.',
  keeps: ['pp.5.1'],
  cases: [
    {
      situation: 'a guest switches a lamp',
      ask: {
        principal: person('guest'),
        verb: 'device.command',
        resource: { kind: 'home', home: ownHome, safety: 'comfort' },
      },
      expect: { allow: true, within: true },
    },
    {
      situation: 'a guest unlocks the door',
      ask: {
        principal: person('guest'),
        verb: 'device.command',
        resource: { kind: 'home', home: ownHome, safety: 'security' },
      },
      expect: { allow: false, within: true },
    },
    {
      situation: 'a child turns on the camera',
      ask: {
        principal: person('child'),
        verb: 'device.command',
        resource: { kind: 'home', home: ownHome, safety: 'privacy' },
      },
      expect: { allow: false, within: true },
    },
    {
      situation: 'a child raises the heating limit',
      ask: {
        principal: person('child'),
        verb: 'device.command',
        resource: { kind: 'home', home: ownHome, safety: 'safety' },
      },
      expect: { allow: false, within: true },
    },
    {
      situation: 'an adult unlocks the door',
      ask: { verb: 'device.command', resource: { kind: 'home', home: ownHome, safety: 'security' } },
      expect: { allow: true, within: true },
    },
    {
      situation: 'a command whose class nobody stated',
      ask: { principal: person('owner'), verb: 'device.command', resource: { kind: 'home', home: ownHome } },
      expect: { allow: false, within: true },
    },
    {
      situation: 'a guest’s token with every verb unlocks the door',
      ask: {
        principal: token('guest', 'all', 'all'),
        verb: 'device.command',
        resource: { kind: 'home', home: ownHome, safety: 'security' },
      },
      expect: { allow: false, within: true },
    },
  ],
}
