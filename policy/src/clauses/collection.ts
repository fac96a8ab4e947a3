import { executable, later, type ClauseEntry } from './entry.ts'

/** Privacy policy, parts 1 and 2: scope, collection, purposes, legal bases, retention. */
export const collectionClauses = {
  'pp.0': executable(
    'Only what this text says',
    'Personal information is collected, used and disclosed only as the policy describes.',
    ['privacy', 'scope'],
    ['src/decide.ts', 'src/documents/collection-table.ts'],
  ),
  'pp.1.1': executable(
    'What the text covers',
    'The policy covers registering, connecting, controlling and managing devices.',
    ['privacy', 'scope'],
    ['src/processing.ts'],
  ),
  'pp.1.2': later(
    'Other companies have their own texts',
    'Services of third parties follow those parties’ own policies.',
    ['privacy', 'scope'],
    {
      missing:
        'The link to a brand’s own policy with its date and hash, shown when a brand account is linked.',
      refused: 'No driver that needs a brand’s cloud can be linked.',
    },
  ),
  'pp.1.3': executable(
    'The same rights for everyone',
    'Rights and security measures apply to all users.',
    ['privacy', 'rights'],
    ['src/deadlines.ts', 'src/purposes.ts', 'src/rights.ts'],
  ),
  'pp.2.1.1': executable(
    'An address or a number makes an account',
    'Registration takes a mobile phone number and an e-mail address.',
    ['privacy', 'collected'],
  ),
  'pp.2.2.1': executable(
    'Optional details stay optional',
    'Household size, rooms and enquiry details are collected; unused features need none of it.',
    ['privacy', 'home-information'],
  ),
  'pp.2.2.2': executable(
    'Device information only as you allow',
    'Model, system version, settings and identifiers of devices are recorded within the permission given.',
    ['privacy', 'device-information'],
    ['src/purposes.ts', 'src/rules.ts'],
  ),
  'pp.2.2.3': executable(
    'Records of use',
    'Searches, network addresses, providers, languages and times of use are logged.',
    ['privacy', 'sign-in-records'],
    ['src/purposes.ts'],
  ),
  'pp.2.3.1': executable(
    'To provide the service',
    'Information is used to run, maintain and improve the service.',
    ['privacy', 'purposes'],
    ['src/purposes.ts'],
  ),
  'pp.2.3.2': later(
    'No promotion',
    'Information may be used to promote products within the law.',
    ['privacy', 'purposes'],
    {
      missing: 'Messages of promotion, each with its stop.',
      refused: 'No such message can be sent: there is no purpose for it.',
    },
  ),
  'pp.2.3.3': executable(
    'To keep people safe from misuse',
    'Information is used against fraud, attacks and breaches of the rules.',
    ['privacy', 'purposes'],
    ['src/purposes.ts'],
  ),
  'pp.2.3.4': later(
    'No profile across services',
    'Information from several services may be combined for personal content and advice.',
    ['privacy', 'purposes'],
    {
      missing: 'Personal advice behind a choice of its own.',
      refused: 'Nothing is combined: there is no purpose for it.',
    },
  ),
  'pp.2.3.5': executable(
    'Other purposes only when you permit them',
    'Anything else a person permits.',
    ['privacy', 'purposes'],
    ['src/decide.ts'],
  ),
  'pp.lb.1': executable(
    'One basis for each use',
    'In the EU the legal basis depends on the information and the situation.',
    ['privacy', 'bases'],
    ['src/decide.ts'],
  ),
  'pp.lb.2': executable(
    'Consent, contract or weighed interest',
    'The usual bases are consent, a contract, or an interest that outweighs no right of the person.',
    ['privacy', 'bases'],
    ['src/purposes.ts'],
  ),
  'pp.lb.3': executable(
    'Told at the moment of asking',
    'People are told whether giving the information is required and what follows from refusing.',
    ['privacy', 'collected'],
    ['src/documents/collection-table.ts'],
  ),
  'pp.lb.4': executable(
    'The interest is named',
    'Where an interest is the basis, people are told which.',
    ['privacy', 'bases'],
    ['src/purposes.ts'],
  ),
  'pp.ret.1': executable(
    'Kept only while needed',
    'Information stays while a business or legal need lasts.',
    ['privacy', 'retention'],
    ['src/documents/collection-table.ts'],
  ),
  'pp.ret.2': executable(
    'Then deleted; copies locked away',
    'Afterwards it is deleted or made anonymous, and backups are isolated until then.',
    ['privacy', 'retention'],
  ),
} as const satisfies Record<string, ClauseEntry>
