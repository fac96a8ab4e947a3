import { important, link, list, page, paragraph, type PolicyDocument } from '../../ast.ts'

export const agreementEn: PolicyDocument = {
  id: 'agreement',
  version: '2.0',
  locale: 'en',
  title: 'Service Agreement',
  publishedOn: '2026-11-22',
  sections: [
    {
      id: 'parties',
      clauses: [],
      heading: 'Who agrees with whom',
      blocks: [
        paragraph(
          'This agreement is between you and whoever runs the Eaves server that you are using: in a household, the person who claimed it; in a hosted service, the operator. Their name and how to reach them stand on the ',
          page('contact page', 'contact'),
          '. Until a household’s server has been claimed, that page says so.',
        ),
        paragraph('The people who write Eaves are not a party to it. They have no access to your server.'),
      ],
    },
    {
      id: 'agreeing',
      clauses: ['sa.1', 'sa.2', 'sa.4', 'fm.read'],
      heading: 'How you agree',
      blocks: [
        paragraph(
          'There are two documents: this agreement and the ',
          link('Privacy Statement', 'privacy', 'who'),
          '. You accept this one and acknowledge the other; those are two acts, and both are yours to make or leave. Optional uses of your information are not part of either act. Each has a switch of its own, every switch starts off, and leaving it off costs you nothing else.',
        ),
        paragraph(
          'Please read both before you decide. Terms that weigh most on your rights and duties are bold and underlined. Scrolling, opening a page or simply using something is never taken as a yes.',
        ),
        paragraph(
          'If you decline, no account is made and nothing about you is stored. You can still read the documents and reach the contact.',
        ),
      ],
    },
    {
      id: 'service',
      clauses: ['fm.about'],
      heading: 'What Eaves does',
      blocks: [
        paragraph(
          'Eaves joins smart devices of different brands in one home. You can arrange floors and rooms, see what devices report, switch them, and look back at earlier values. Devices come in through an MQTT broker: one that you link, or the one built into the server.',
        ),
        paragraph(
          'A command counts as confirmed only once the device itself has reported the new state. Devices, batteries and networks fail. ',
          important(
            'liability',
            'Do not rely on Eaves as the only protection of life, health or property. It does not replace a smoke alarm, a medical device, an alarm service or a key.',
          ),
        ),
      ],
    },
    {
      id: 'contact',
      clauses: ['sa.3'],
      heading: 'Questions',
      blocks: [
        paragraph(
          'Questions about either document go to the ',
          page('contact', 'contact'),
          '. You do not have to agree to anything first.',
        ),
      ],
    },
    {
      id: 'words',
      clauses: [],
      heading: 'Words used here',
      blocks: [
        list(
          'A home is one household’s place in Eaves, with its floors, rooms, devices and members.',
          'A member is a person in a home, as owner, administrator, adult, child or guest. The role decides what they may do there.',
          'A device is a thing that reports or can be switched.',
        ),
      ],
    },
    {
      id: 'your-content',
      clauses: ['def.bd'],
      heading: 'What you make stays yours',
      blocks: [
        paragraph(
          'Names, arrangements and settings that you create belong to you. The server uses them only to run your home. Because a name can say something about a person, Eaves protects all of this as it protects personal information.',
        ),
      ],
    },
    {
      id: 'ownership',
      clauses: ['ls.1.1', 'ls.1.2', 'ls.1.3'],
      heading: 'Software, names and texts',
      blocks: [
        paragraph(
          'Eaves is open-source software under the Apache License 2.0. That licence says what you may do with the program, its texts and its pictures; nothing here takes any of it away.',
        ),
        paragraph(
          'Names and logos belong to their owners. Brand names appear in Eaves only to say which devices it works with, and the licence gives no right to use them as your own.',
        ),
      ],
    },
    {
      id: 'conduct',
      clauses: ['ls.2.1.1'],
      heading: 'Fair use',
      blocks: [
        list(
          'Keep to the law that applies where you are.',
          'Link only devices and brokers that you are allowed to control.',
          'Do not use Eaves to watch, follow or harm other people, including those you live with, and do not break into accounts, homes or the server.',
        ),
        paragraph(
          'Whoever runs the server may close an account that breaks these rules. They have to say why, and you can object. ',
          important(
            'rights',
            'A closed account keeps its right to a copy of its information and to deletion.',
          ),
        ),
        paragraph(
          important(
            'minors',
            'Eaves is made for adults. A minor may use it only with the consent of a parent or guardian.',
          ),
          ' More about this stands in the ',
          link('Privacy Statement', 'privacy', 'minors'),
          '.',
        ),
      ],
    },
    {
      id: 'liability',
      clauses: [],
      heading: 'Liability',
      blocks: [
        paragraph(
          important(
            'liability',
            'You answer for the purposes you use Eaves for and for the devices you link. The software is provided as it is, without a promise that it never fails.',
          ),
        ),
        paragraph(
          important(
            'liability',
            'Nothing here limits liability for intent or gross negligence, for injury to life, body or health, or wherever the law does not allow a limit. Your rights as a consumer remain.',
          ),
        ),
      ],
    },
    {
      id: 'complaints',
      clauses: ['ls.3'],
      heading: 'If something here infringes your rights',
      blocks: [
        paragraph(
          'Write to the ',
          page('contact', 'contact'),
          '. Say what it is, where it is, which right is yours, and how you can be reached. Whoever runs the server hears the other side, decides without delay, and tells both of you the outcome and the reasons.',
        ),
      ],
    },
    {
      id: 'leaving',
      clauses: [],
      heading: 'Leaving',
      blocks: [
        paragraph(
          'You may stop at any time, without a reason. Sign out in the app, and ask for your account to be deleted through the ',
          page('contact', 'contact'),
          '. In a household of one account, deleting the data folder, the key file and the folder of messages has the same effect at once. What happens to your information then is set out in the ',
          link('Privacy Statement', 'privacy', 'retention'),
          '.',
        ),
      ],
    },
    {
      id: 'changes',
      clauses: [],
      heading: 'Changes',
      blocks: [
        paragraph(
          'A new version of this agreement binds you only after you have seen it and accepted it. Until you do, the app shows the documents and the contact, and your home is kept as it is. The text you accepted stays readable under its own fingerprint.',
        ),
      ],
    },
  ],
}
