import { otherHome, ownHome, self, token, type PromiseCases } from './case.ts'
import { unnarrowed } from '../reach.ts'

export const tokens: PromiseCases = {
  promise: 'A token does less than its maker, never more, and ends with its maker’s right.',
  keeps: ['pp.5.1'],
  cases: [
    {
      situation: 'a token for this home reads its devices',
      ask: { principal: token('owner', [ownHome], ['device.read']) },
      expect: { allow: true, within: true },
    },
    {
      situation: 'a token without the verb',
      ask: { principal: token('owner', [ownHome], ['home.read']) },
      expect: { allow: false, within: true },
    },
    {
      situation: 'a token for another home of nobody the maker knows',
      ask: { principal: token('owner', [otherHome], 'all'), resource: { kind: 'home', home: otherHome } },
      expect: { allow: false, within: false },
    },
    {
      situation: 'a token for another home asks for this one',
      ask: { principal: token('owner', [otherHome], 'all') },
      expect: { allow: false, within: false },
    },
    {
      situation: 'the maker has left the home',
      ask: {
        principal: {
          kind: 'token',
          subject: self,
          roles: new Map(),
          limits: unnarrowed,
          homes: new Set([ownHome]),
          verbs: 'all',
        },
      },
      expect: { allow: false, within: false },
    },
    {
      situation: 'a token makes another token',
      ask: {
        principal: token('owner', 'all', 'all'),
        verb: 'token.manage',
        resource: { kind: 'self', subject: self },
        categories: ['user.credentials'],
      },
      expect: { allow: false },
    },
    {
      situation: 'a token changes the password',
      ask: {
        principal: token('owner', 'all', 'all'),
        verb: 'self.edit',
        resource: { kind: 'self', subject: self },
        categories: ['user.credentials'],
      },
      expect: { allow: false },
    },
    {
      situation: 'a token for one home reads the account',
      ask: {
        principal: token('owner', [ownHome], 'all'),
        verb: 'self.read',
        resource: { kind: 'self', subject: self },
        categories: ['user.contact.email'],
      },
      expect: { allow: false },
    },
    {
      situation: 'a token that names the account reads it',
      ask: {
        principal: token('owner', [ownHome], ['self.read']),
        verb: 'self.read',
        resource: { kind: 'self', subject: self },
        categories: ['user.contact.email'],
      },
      expect: { allow: true },
    },
    {
      situation: 'a token for one home lists its homes',
      ask: {
        principal: token('owner', [ownHome], 'all'),
        verb: 'home.list',
        resource: { kind: 'self', subject: self },
        categories: ['user.household.home'],
      },
      expect: { allow: true },
    },
  ],
}
