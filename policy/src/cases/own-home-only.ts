import { neverHome, otherHome, person, self, someoneElse, type PromiseCases } from './case.ts'
import { unnarrowed } from '../reach.ts'

export const ownHomeOnly: PromiseCases = {
  promise: 'Nobody reaches a home or an account they do not belong to.',
  keeps: ['pp.5.1', 'pp.4.1'],
  cases: [
    {
      situation: 'an owner asks for a neighbour’s home',
      ask: { principal: person('owner'), resource: { kind: 'home', home: otherHome } },
      expect: { allow: false, within: false, clauses: ['pp.5.1'] },
    },
    {
      situation: 'an owner asks for a home that never existed and learns no more',
      ask: { principal: person('owner'), resource: { kind: 'home', home: neverHome } },
      expect: { allow: false, within: false },
    },
    {
      situation: 'a person who was a member and no longer is',
      ask: { principal: { kind: 'person', subject: self, roles: new Map(), limits: unnarrowed } },
      expect: { allow: false, within: false },
    },
    {
      situation: 'a stranger',
      ask: { principal: { kind: 'stranger' } },
      expect: { allow: false, within: false },
    },
    {
      situation: 'the operator of the server wants the devices of a home',
      ask: { principal: { kind: 'operator' } },
      expect: { allow: false, within: false },
    },
    {
      situation: 'a driver asks through the door of people',
      ask: { principal: { kind: 'driver' } },
      expect: { allow: false, within: false },
    },
    {
      situation: 'a device asks through the door of people',
      ask: { principal: { kind: 'device' } },
      expect: { allow: false, within: false },
    },
    {
      situation: 'an owner opens another adult’s account',
      ask: {
        principal: person('owner'),
        verb: 'self.read',
        resource: { kind: 'self', subject: someoneElse },
        categories: ['user.contact.email'],
      },
      expect: { allow: false, within: false },
    },
    {
      situation: 'a guest on a household’s server makes a home of their own, which would reach its devices',
      ask: {
        principal: person('guest'),
        verb: 'home.create',
        resource: { kind: 'self', subject: self },
        categories: ['user.household.home'],
      },
      expect: { allow: false, within: true },
    },
    {
      situation: 'a guest edits the home',
      ask: { principal: person('guest'), verb: 'home.edit' },
      expect: { allow: false, within: true },
    },
    {
      situation: 'a child edits the home',
      ask: { principal: person('child'), verb: 'home.edit' },
      expect: { allow: false, within: true },
    },
    {
      situation: 'an administrator deletes the home',
      ask: { principal: person('admin'), verb: 'home.delete' },
      expect: { allow: false, within: true },
    },
    {
      situation: 'the owner deletes the home',
      ask: { principal: person('owner'), verb: 'home.delete' },
      expect: { allow: true, within: true },
    },
    {
      situation: 'a guest looks back at what happened before',
      ask: { principal: person('guest'), verb: 'history.read' },
      expect: { allow: false, within: true },
    },
    {
      situation: 'a guest asks who lives here',
      ask: { principal: person('guest'), verb: 'member.read', categories: ['user.household.member'] },
      expect: { allow: false, within: true },
    },
    {
      situation: 'a verb smuggled in from an object’s own ancestry',
      ask: { principal: person('owner'), verb: JSON.parse('"constructor"') },
      expect: { allow: false, within: true },
    },
    {
      situation: 'a verb of accounts aimed at a home',
      ask: { principal: person('owner'), verb: 'token.manage' },
      expect: { allow: false, within: true },
    },
  ],
}
