import { otherHome, person, self, type PromiseCases } from './case.ts'

export const twoVerdicts: PromiseCases = {
  promise: 'Consent never opens a door, and a key to the door never stands in for consent.',
  keeps: ['pp.5.1', 'pp.lb.1'],
  cases: [
    {
      situation: 'everything consented to, but another’s home',
      ask: {
        resource: { kind: 'home', home: otherHome },
        facts: { choices: { 'account.device-label': 'given' } },
      },
      expect: { allow: false, within: false, reason: 'allowed' },
    },
    {
      situation: 'the owner’s own account, but not consented to',
      ask: {
        principal: person('owner'),
        verb: 'self.read',
        resource: { kind: 'self', subject: self },
        purpose: 'account.device-label',
        categories: ['user.device.model'],
      },
      expect: { allow: false, within: true, reason: 'not-consented' },
    },
    {
      situation: 'health of a household’s server, seen by its owner',
      ask: {
        principal: person('owner'),
        verb: 'instance.read',
        resource: { kind: 'instance' },
        categories: ['system.operations'],
      },
      expect: { allow: true },
    },
    {
      situation: 'health of a hosted server, asked for by the owner of one home',
      ask: {
        principal: person('owner'),
        verb: 'instance.read',
        resource: { kind: 'instance' },
        context: { operatingRole: 'hosted' },
        categories: ['system.operations'],
      },
      expect: { allow: false, within: false },
    },
    {
      situation: 'health of a household’s server, asked for by a guest',
      ask: {
        principal: person('guest'),
        verb: 'instance.read',
        resource: { kind: 'instance' },
        categories: ['system.operations'],
      },
      expect: { allow: false, within: false },
    },
  ],
}
