import { person, self, someoneElse, type PromiseCases } from './case.ts'

export const refuseAndLimit: PromiseCases = {
  promise: 'Whoever objects or has their information limited is left alone, and can still look.',
  keeps: ['pp.4.4.b', 'pp.4.4.c', 'pp.8'],
  cases: [
    {
      situation: 'an objection to security, in the EU',
      ask: { purpose: 'security', categories: ['user.activity'], facts: { objections: ['security'] } },
      expect: { allow: false, reason: 'objected', clauses: ['pp.4.4.b', 'pp.8'] },
    },
    {
      situation: 'an objection counts outside the EU too',
      ask: {
        purpose: 'security',
        categories: ['user.activity'],
        facts: { region: 'other', objections: ['security'] },
      },
      expect: { allow: false, reason: 'objected' },
    },
    {
      situation: 'an objection to one use leaves the other alone',
      ask: { facts: { objections: ['security'] } },
      expect: { allow: true, reason: 'allowed' },
    },
    {
      situation: 'limited information is used by another member',
      ask: { facts: { restricted: true } },
      expect: { allow: false, reason: 'restricted', clauses: ['pp.4.4.c', 'pp.8'] },
    },
    {
      situation: 'limited information is seen by its own person',
      ask: {
        verb: 'self.read',
        resource: { kind: 'self', subject: self },
        categories: ['user.contact.email'],
        facts: { restricted: true },
      },
      expect: { allow: true, reason: 'allowed' },
    },
    {
      situation: 'limited information of somebody else, asked for as one’s own',
      ask: {
        principal: person('owner'),
        verb: 'self.read',
        resource: { kind: 'self', subject: someoneElse },
        categories: ['user.contact.email'],
        facts: { restricted: true },
      },
      expect: { allow: false, within: false, reason: 'restricted' },
    },
    {
      situation: 'a choice does not lift the limit',
      ask: {
        purpose: 'account.device-label',
        categories: ['user.device.model'],
        facts: { restricted: true, choices: { 'account.device-label': 'given' } },
      },
      expect: { allow: false, reason: 'restricted' },
    },
  ],
}
