import type { StaffRole } from '@eaves/model'
import type { StaffPrincipal } from '../may.ts'
import { ownHome, person, self, someoneElse, type PolicyCase, type PromiseCases } from './case.ts'

const staff = (role: StaffRole): StaffPrincipal => ({ kind: 'staff', subject: someoneElse, role })
/** Support opens the contact of somebody who let them in. */
const letIn = {
  principal: staff('support'),
  verb: 'case.open',
  resource: { kind: 'case', subject: self, case: 'support' },
  context: { operatingRole: 'hosted' },
  purpose: 'service.core',
  categories: ['user.contact.email'],
} as const satisfies PolicyCase['ask']
const emergency = {
  ...letIn,
  principal: staff('privacy'),
  resource: { ...letIn.resource, case: 'break-glass' },
  purpose: 'security',
} as const satisfies PolicyCase['ask']

export const staffWithACase: PromiseCases = {
  promise:
    'Whoever works for the service sees nothing of a person without a case, and then only what the case is about.',
  keeps: ['pp.5.1'],
  cases: [
    { situation: 'support opens what a person let them in for', ask: letIn, expect: { allow: true } },
    {
      situation: 'support at a request that is the data protection officer’s',
      ask: { ...letIn, resource: { ...letIn.resource, case: 'request' } },
      expect: { allow: false, within: false, reason: 'allowed' },
    },
    {
      situation: 'whoever runs the machines opens nothing of anybody',
      ask: { ...letIn, principal: staff('operator') },
      expect: { allow: false, within: false },
    },
    {
      situation: 'a case about a contact does not open what was done with the account',
      ask: { ...letIn, categories: ['user.activity'] },
      expect: { allow: false, reason: 'category-outside-purpose', clauses: ['pp.5.1'] },
    },
    {
      situation: 'an emergency opens for security and for nothing else',
      ask: { ...emergency, purpose: 'service.core' },
      expect: { allow: false, reason: 'category-outside-purpose' },
    },
    { situation: 'an emergency', ask: emergency, expect: { allow: true } },
    {
      situation: 'the record of what was done with an account, even in an emergency',
      ask: { ...emergency, categories: ['user.activity'] },
      expect: { allow: false, reason: 'category-outside-purpose' },
    },
    {
      situation: 'support has no emergencies',
      ask: { ...emergency, principal: staff('support') },
      expect: { allow: false, within: false },
    },
    {
      situation: 'nothing of a home, with any case',
      ask: { ...letIn, categories: ['home.activity'] },
      expect: { allow: false, reason: 'category-outside-purpose' },
    },
    {
      situation: 'staff at a home',
      ask: { ...letIn, verb: 'home.read', resource: { kind: 'home', home: ownHome }, categories: [] },
      expect: { allow: false, within: false },
    },
    {
      situation: 'staff at an account, their own id included',
      ask: {
        ...letIn,
        verb: 'self.read',
        resource: { kind: 'self', subject: someoneElse },
        categories: [],
      },
      expect: { allow: false, within: false },
    },
    {
      situation: 'in a household there is no staff',
      ask: { ...letIn, context: { operatingRole: 'household' } },
      expect: { allow: false, within: false },
    },
    {
      situation: 'a person with a case in hand is no staff',
      ask: { ...letIn, principal: person('owner') },
      expect: { allow: false, within: false },
    },
    {
      situation: 'whoever had their information limited is not there for staff',
      ask: { ...letIn, facts: { restricted: true } },
      expect: { allow: false, reason: 'restricted', clauses: ['pp.4.4.c', 'pp.8'] },
    },
    {
      situation: 'whoever objects to the purpose is not there for staff',
      ask: { ...emergency, facts: { objections: ['security'] } },
      expect: { allow: false, reason: 'objected', clauses: ['pp.4.4.b', 'pp.8'] },
    },
    {
      situation: 'asking for nothing in particular opens nothing',
      ask: { ...letIn, categories: [] },
      expect: { allow: false, reason: 'category-outside-purpose' },
    },
  ],
}
