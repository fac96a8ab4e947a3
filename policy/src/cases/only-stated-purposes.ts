import { self, type PromiseCases } from './case.ts'

export const onlyStatedPurposes: PromiseCases = {
  promise: 'Information is used for the purposes the statement lists, and for no other.',
  keeps: ['pp.0', 'pp.2.3.2', 'pp.2.3.3', 'pp.2.3.4', 'pp.2.3.5', 'pp.5.6'],
  cases: [
    {
      situation: 'advertising',
      ask: { purpose: JSON.parse('"marketing"') },
      expect: { allow: false, reason: 'unknown-purpose', clauses: ['pp.2.3.5', 'pp.5.6'] },
    },
    {
      situation: 'personal recommendations',
      ask: { purpose: JSON.parse('"personalise"') },
      expect: { allow: false, reason: 'unknown-purpose' },
    },
    {
      situation: 'a purpose spelt by a program as it runs',
      ask: { purpose: JSON.parse('"toString"') },
      expect: { allow: false, reason: 'unknown-purpose' },
    },
    {
      situation: 'presence in the home read for security',
      ask: { purpose: 'security', categories: ['home.presence'] },
      expect: { allow: false, reason: 'category-outside-purpose', clauses: ['pp.0', 'pp.5.6'] },
    },
    {
      situation: 'network addresses read to run the home',
      ask: { categories: ['user.device.ip_address'] },
      expect: { allow: false, reason: 'category-outside-purpose' },
    },
    {
      situation: 'one permitted category does not carry another',
      ask: { categories: ['home.activity', 'user.device.ip_address'] },
      expect: { allow: false, reason: 'category-outside-purpose' },
    },
    {
      situation: 'a category nobody declared',
      ask: { categories: [JSON.parse('"user.location.precise"')] },
      expect: { allow: false, reason: 'category-outside-purpose' },
    },
    {
      situation: 'one’s own sign-ins, for security',
      ask: {
        verb: 'self.read',
        resource: { kind: 'self', subject: self },
        purpose: 'security',
        categories: ['user.device.ip_address', 'user.activity'],
      },
      expect: { allow: true, reason: 'allowed', clauses: ['pp.lb.1', 'pp.2.3.3', 'pp.2.2.3', 'pp.lb.4'] },
    },
  ],
}
