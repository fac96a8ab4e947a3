import { important, link, list, paragraph, type Section } from '../../ast.ts'

export const privacyEnSharing: readonly Section[] = [
  {
    id: 'sharing',
    clauses: ['pp.3.1', 'pp.3.1.1', 'pp.3.1.3'],
    heading: 'Sharing',
    blocks: [
      paragraph(
        important(
          'sharing',
          'Eaves shares your information with nobody: not with manufacturers, not with advertisers, not with the people who write it.',
        ),
      ),
      paragraph(
        'Members of your home see the home as their role allows. Commands and reports pass through the MQTT broker you linked, and whoever runs that broker can see them. The connection to it is encrypted if the address you give says so (mqtts or wss), and otherwise not. A message sent by e-mail, such as a sign-in code, passes with your address through the mail service that the people running the server chose; a text message passes with your phone number through the service for text messages that they chose. While none is set, the message stays on the server as a file. If you turn on notices in a browser, each passes through the push service that the maker of the browser runs. It is encrypted so that the service cannot read it; the service sees when a notice comes, how long it is, and from which server.',
      ),
      paragraph(
        'There is no sharing with manufacturers of devices in this version, and no switch for it. Should it ever come, each manufacturer and each kind of information would need your consent, given separately, and would start off.',
      ),
    ],
  },
  {
    id: 'partners',
    clauses: ['pp.3.1.4', 'pp.3.1.p', 'pp.3.1.a'],
    heading: 'Partners',
    blocks: [
      paragraph(
        'Eaves has no partners who receive your information. If an operator of a hosted service wants to use one, the partner must be listed by its real name, bound by a contract before anything is sent, limited to what its task needs, and barred from any other use. The list of recipients would change, and you would be asked to agree to the new text first.',
      ),
    ],
  },
  {
    id: 'transfer',
    clauses: ['pp.3.1.5'],
    heading: 'Other countries',
    blocks: [
      paragraph(
        important(
          'transfer',
          'By itself the product sends nothing to another country. Your information is where the server stands.',
        ),
        ' Three things are in your hands: if you open the app while abroad, what you look at travels to you; a broker you link may stand in another country; and the push service of a browser in which you turn on notices usually stands in the country of its maker. The services for e-mail and text messages are chosen by whoever runs the server; one of them may stand abroad, and then so does what it carries to you.',
      ),
      paragraph(
        'In a hosted service the operator must say where the server stands and from which countries its staff can reach it; looking from abroad counts as a transfer. If your information were ever to go to another country, China included, it would go only under safeguards that the law accepts, and you could have a copy of them free of charge through the ',
        link('contact', 'privacy', 'contact'),
        '.',
      ),
    ],
  },
  {
    id: 'handover',
    clauses: ['pp.3.2', 'pp.3.2.1', 'pp.3.2.2'],
    heading: 'If someone else takes over',
    blocks: [
      paragraph(
        important('transfer', 'Control over your information is handed to nobody without your consent.'),
        ' If a hosted service is sold, merged or wound up, you must be told who the successor is and how to reach them. The successor either takes on this statement as it stands or asks you anew; the information of people who do not answer stays behind and is deleted.',
      ),
    ],
  },
  {
    id: 'disclosure',
    clauses: ['pp.3.3.1', 'pp.3.4.5', 'pp.3.4.6'],
    heading: 'Publishing',
    blocks: [
      paragraph(
        'Nothing about you or your home is public. There are no public profiles and no shared links in this version. Eaves does not gather information about you from the internet or from other public sources, even if you published it yourself.',
      ),
    ],
  },
  {
    id: 'authorities',
    clauses: ['pp.3.1.2', 'pp.3.3.2', 'pp.3.4.1', 'pp.3.4.2', 'pp.3.4.3', 'pp.3.4.4'],
    heading: 'Courts, authorities and emergencies',
    blocks: [
      paragraph(
        'The program has no door for authorities and none for its authors. A lawful demand can only reach whoever runs the server, and they can hand over only what they are able to read. They must keep to this:',
      ),
      list(
        'A written instrument under the law that applies to you, checked for being genuine. State security, public safety or health, and criminal procedure are grounds only where that law says so; the demand of a foreign authority is not enough by itself.',
        'No more than the instrument requires.',
        'You are told, at once or as soon as the law allows.',
        'In danger to life, only what averts the danger, and you are told afterwards. Danger to property alone is not enough in the European Union.',
        'The safety of the server or of the public is no reason by itself: there must be a concrete danger, on record, and a legal ground.',
      ),
    ],
  },
]
