import { person, type PromiseCases, self } from './case.ts'

export const agreementFirst: PromiseCases = {
  promise: 'Nothing of a home or account is touched before both documents are agreed to.',
  keeps: ['sa.1', 'sa.4', 'sa.3', 'fm.read'],
  cases: [
    {
      situation: 'a member who agreed to the current texts looks at the devices',
      ask: {},
      expect: { allow: true, within: true, reason: 'allowed' },
    },
    {
      situation: 'a member who never agreed',
      ask: { facts: { agreement: 'none' } },
      expect: { allow: false, within: true, reason: 'agreement-required', clauses: ['sa.1', 'sa.4'] },
    },
    {
      situation: 'a member who agreed to an older version',
      ask: { facts: { agreement: 'outdated' } },
      expect: { allow: false, reason: 'agreement-required', clauses: ['sa.1', 'sa.4'] },
    },
    {
      situation: 'an owner cannot stand above the agreement',
      ask: { principal: person('owner'), verb: 'home.edit', facts: { agreement: 'none' } },
      expect: { allow: false, reason: 'agreement-required' },
    },
    {
      situation: 'one’s own account, without the agreement',
      ask: {
        verb: 'self.read',
        resource: { kind: 'self', subject: self },
        categories: ['user.contact.email'],
        facts: { agreement: 'none' },
      },
      expect: { allow: false, reason: 'agreement-required' },
    },
    {
      situation: 'a stranger reads the documents',
      ask: {
        principal: { kind: 'stranger' },
        verb: 'public.read',
        resource: { kind: 'public' },
        categories: [],
        facts: { agreement: 'none' },
      },
      expect: { allow: true, reason: 'allowed', clauses: ['sa.3', 'fm.read'] },
    },
    {
      situation: 'a public page that would carry something personal',
      ask: {
        principal: { kind: 'stranger' },
        verb: 'public.read',
        resource: { kind: 'public' },
        categories: ['user.contact.email'],
        facts: { agreement: 'none' },
      },
      expect: { allow: false, reason: 'agreement-required' },
    },
  ],
}
