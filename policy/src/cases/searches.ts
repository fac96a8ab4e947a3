import type { Ask } from '../decide.ts'
import { self, type PromiseCases } from './case.ts'

const searches = {
  verb: 'self.read',
  resource: { kind: 'self', subject: self },
  purpose: 'account.search-history',
  categories: ['user.behavior.search_history'],
} as const satisfies Partial<Ask>
const chosen = { choices: { 'account.search-history': 'given' } } as const

export const searchesOff: PromiseCases = {
  promise: 'What somebody searches for is kept only after they chose so, for them alone.',
  keeps: ['pp.2.2.3', 'pp.4.4.e'],
  cases: [
    {
      situation: 'the switch was turned on',
      ask: { ...searches, facts: chosen },
      expect: { allow: true, reason: 'allowed', clauses: ['pp.lb.1', 'pp.2.2.3'] },
    },
    {
      situation: 'the switch was never touched',
      ask: searches,
      expect: { allow: false, reason: 'not-consented', clauses: ['pp.2.2.3'] },
    },
    {
      situation: 'the choice was withdrawn',
      ask: { ...searches, facts: { choices: { 'account.search-history': 'withdrawn' } } },
      expect: { allow: false, reason: 'withdrawn', clauses: ['pp.4.4.e', 'pp.2.2.3'] },
    },
    {
      situation: 'in China too',
      ask: { ...searches, facts: { region: 'CN' } },
      expect: { allow: false, reason: 'not-consented' },
    },
    {
      situation: 'naming the phone is another choice',
      ask: { ...searches, facts: { choices: { 'account.device-label': 'given' } } },
      expect: { allow: false, reason: 'not-consented' },
    },
    {
      situation: 'searches dressed up as security',
      ask: { ...searches, purpose: 'security', facts: chosen },
      expect: { allow: false, reason: 'category-outside-purpose', clauses: ['pp.0', 'pp.5.6'] },
    },
  ],
}
