import { executable, type ClauseEntry } from './entry.ts'

/** Privacy policy, part 3: sharing, transfer, disclosure, exceptions. */
export const sharingClauses = {
  'pp.3.1': executable(
    'Shared with nobody by default',
    'User information is shared with nobody outside a closed list of cases.',
    ['privacy', 'sharing'],
  ),
  'pp.3.1.1': executable('Shared when you say so', 'Sharing with express consent.', ['privacy', 'sharing']),
  'pp.3.1.2': executable('Shared when the law compels', 'Sharing required by law, court or authority.', [
    'privacy',
    'authorities',
  ]),
  'pp.3.1.3': executable(
    'Manufacturers get nothing',
    'Location, phone identifiers and use of devices go to manufacturers for quality and development.',
    ['privacy', 'sharing'],
  ),
  'pp.3.1.4': executable(
    'Partners only for what is needed',
    'Trusted partners receive what their task needs and may use it for nothing else.',
    ['privacy', 'partners'],
  ),
  'pp.3.1.p': executable('Partners by name', 'Partners are suppliers, service providers and others.', [
    'privacy',
    'partners',
  ]),
  'pp.3.1.a': executable(
    'A contract before anything is sent',
    'Strict confidentiality and protection agreements bind each recipient.',
    ['privacy', 'partners'],
  ),
  'pp.3.1.5': executable(
    'Transfers abroad, with a copy of the safeguards',
    'Some information may go to China under safeguards such as standard clauses, of which a copy can be had.',
    ['privacy', 'transfer'],
  ),
  'pp.3.2': executable(
    'Control is not handed over',
    'User information is transferred to nobody outside two cases.',
    ['privacy', 'handover'],
  ),
  'pp.3.2.1': executable('Handed over only with consent', 'Transfer with express consent.', [
    'privacy',
    'handover',
  ]),
  'pp.3.2.2': executable(
    'A successor is bound',
    'After a merger or insolvency the successor keeps to the policy or asks again.',
    ['privacy', 'handover'],
  ),
  'pp.3.3.1': executable('Published only by you', 'Public disclosure with consent or by one’s own choice.', [
    'privacy',
    'disclosure',
  ]),
  'pp.3.3.2': executable(
    'Disclosed for safety within the law',
    'Disclosure to protect the safety of the platform, its companies or the public.',
    ['privacy', 'authorities'],
  ),
  'pp.3.4.1': executable(
    'State and defence security',
    'No consent is needed where the security of the state is concerned.',
    ['privacy', 'authorities'],
  ),
  'pp.3.4.2': executable(
    'Public safety and health',
    'No consent is needed to protect the public, its health or other weighty common concerns.',
    ['privacy', 'authorities'],
  ),
  'pp.3.4.3': executable(
    'Criminal procedure',
    'No consent is needed for investigation, trial and enforcement.',
    ['privacy', 'authorities'],
  ),
  'pp.3.4.4': executable(
    'Danger to life or property',
    'No consent is needed to protect important interests when it is hard to obtain.',
    ['privacy', 'authorities'],
  ),
  'pp.3.4.5': executable(
    'What you made public yourself',
    'No consent is needed for what a person has published.',
    ['privacy', 'disclosure'],
  ),
  'pp.3.4.6': executable(
    'Lawful public sources',
    'No consent is needed for information from lawful public channels.',
    ['privacy', 'disclosure'],
  ),
} as const satisfies Record<string, ClauseEntry>
