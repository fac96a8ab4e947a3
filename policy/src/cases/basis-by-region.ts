import type { PromiseCases } from './case.ts'

export const basisByRegion: PromiseCases = {
  promise: 'Every use has one legal basis where the person lives, and none means no.',
  keeps: ['pp.lb.1', 'pp.lb.2', 'pp.1.3'],
  cases: [
    {
      situation: 'the European Union',
      ask: { facts: { region: 'EU' } },
      expect: { allow: true, reason: 'allowed', clauses: ['pp.lb.1', 'pp.2.3.1', 'pp.lb.2'] },
    },
    { situation: 'China', ask: { facts: { region: 'CN' } }, expect: { allow: true, reason: 'allowed' } },
    {
      situation: 'the United States',
      ask: { facts: { region: 'US' } },
      expect: { allow: true, reason: 'allowed' },
    },
    {
      situation: 'anywhere else',
      ask: { facts: { region: 'other' } },
      expect: { allow: true, reason: 'allowed' },
    },
    {
      situation: 'a region that no rule knows',
      ask: { facts: { region: JSON.parse('"Atlantis"') } },
      expect: { allow: false, reason: 'no-basis', clauses: ['pp.lb.1'] },
    },
    {
      situation: 'a region named after an object’s ancestry',
      ask: { facts: { region: JSON.parse('"__proto__"') } },
      expect: { allow: false, reason: 'no-basis' },
    },
  ],
}
