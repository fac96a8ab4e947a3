import type { Ask } from '../decide.ts'
import { self, type PromiseCases } from './case.ts'

const signIns = {
  verb: 'self.read',
  resource: { kind: 'self', subject: self },
  purpose: 'account.device-label',
  categories: ['user.device.model'],
} as const satisfies Partial<Ask>

export const deviceLabel: PromiseCases = {
  promise: 'The make and model of a phone are recorded and shown only after the person chose it.',
  keeps: ['pp.2.2.2', 'pp.4.4.e'],
  cases: [
    {
      situation: 'the switch was turned on',
      ask: { ...signIns, facts: { choices: { 'account.device-label': 'given' } } },
      expect: { allow: true, reason: 'allowed', clauses: ['pp.lb.1', 'pp.2.2.2'] },
    },
    {
      situation: 'the switch was never touched',
      ask: signIns,
      expect: { allow: false, reason: 'not-consented', clauses: ['pp.2.2.2'] },
    },
    {
      situation: 'the switch was left off on purpose',
      ask: { ...signIns, facts: { choices: { 'account.device-label': 'refused' } } },
      expect: { allow: false, reason: 'not-consented', clauses: ['pp.2.2.2'] },
    },
    {
      situation: 'the choice was withdrawn',
      ask: { ...signIns, facts: { choices: { 'account.device-label': 'withdrawn' } } },
      expect: { allow: false, reason: 'withdrawn', clauses: ['pp.4.4.e', 'pp.2.2.2'] },
    },
    {
      situation: 'in China too',
      ask: { ...signIns, facts: { region: 'CN' } },
      expect: { allow: false, reason: 'not-consented' },
    },
    {
      situation: 'a choice for something else does not count',
      ask: { ...signIns, facts: { choices: { 'service.core': 'given', security: 'given' } } },
      expect: { allow: false, reason: 'not-consented' },
    },
    {
      situation: 'the model dressed up as needed for the service',
      ask: { ...signIns, purpose: 'service.core', facts: { choices: { 'account.device-label': 'given' } } },
      expect: { allow: false, reason: 'category-outside-purpose', clauses: ['pp.0', 'pp.5.6'] },
    },
    {
      situation: 'refusing costs nothing else',
      ask: { facts: { choices: { 'account.device-label': 'refused' } } },
      expect: { allow: true, reason: 'allowed' },
    },
  ],
}
