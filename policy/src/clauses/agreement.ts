import { declaratory, executable, later, type ClauseEntry } from './entry.ts'

/** Service agreement, front matter, definitions and legal statement. */
export const agreementClauses = {
  'sa.1': executable(
    'Two documents, two acts',
    'Using the service requires agreeing to both documents.',
    ['agreement', 'agreeing'],
    ['src/decide.ts'],
  ),
  'sa.2': executable(
    'Important terms stand out',
    'Terms that matter most for your rights and duties are set in bold and underlined.',
    ['agreement', 'agreeing'],
    ['src/documents/validate.ts', 'src/documents/ast.ts'],
  ),
  'sa.3': executable('Questions have an address', 'Questions about either document go to customer service.', [
    'agreement',
    'contact',
  ]),
  'sa.4': executable('Without agreement, nothing starts', 'Whoever does not agree cannot use the service.', [
    'agreement',
    'agreeing',
  ]),
  'fm.date': executable(
    'Each text is dated and kept',
    'The policy carries its date.',
    ['privacy', 'changes'],
    ['src/documents/ast.ts', 'src/documents/archive.ts'],
  ),
  'fm.about': executable(
    'Devices of many brands',
    'The app controls smart devices and joins those of different brands.',
    ['agreement', 'service'],
  ),
  'fm.security': executable(
    'Protected as the law asks',
    'Security measures follow the law and keep user information under control.',
    ['privacy', 'protection'],
  ),
  'fm.controller': executable(
    'Who is responsible has a name',
    'The text names the company that answers for the data.',
    ['privacy', 'who'],
  ),
  'fm.read': executable(
    'Read before use',
    'People are asked to read and understand the text before they start.',
    ['agreement', 'agreeing'],
  ),
  'fm.contact': executable(
    'Reachable online',
    'Comments and questions can be sent through an online channel.',
    ['privacy', 'contact'],
  ),
  'def.aff': executable(
    'Related companies are recipients',
    'Related companies are those a listed group names in its report.',
    ['privacy', 'words'],
  ),
  'def.pi': executable(
    'What personal information means',
    'Information that identifies a person, alone or combined with other information.',
    ['privacy', 'words'],
  ),
  'def.bd': executable(
    'What your own content means',
    'Other data that people upload, store or process through the service.',
    ['agreement', 'your-content'],
  ),
  'ls.1.1': declaratory(
    'Marks belong to their owners',
    'Names and logos may not be used without permission.',
    ['agreement', 'ownership'],
    'A statement about who owns a mark has nothing to run; a scan of the repository guards our side of it.',
  ),
  'ls.1.2': declaratory(
    'The product belongs to its authors',
    'Products, services and technologies remain with their owners.',
    ['agreement', 'ownership'],
    'Ownership follows from law and licence, not from the behaviour of the program.',
  ),
  'ls.1.3': declaratory(
    'Published material keeps its rights',
    'Texts, pictures and other published material may not be reused commercially without permission.',
    ['agreement', 'ownership'],
    'What others may do with published material is decided by its licence, outside the program.',
  ),
  'ls.2.1.1': later(
    'Lawful use; own purposes at own risk',
    'Users keep to the law, harm nobody, and answer for what they use the service for.',
    ['agreement', 'conduct'],
    {
      missing:
        'Rules of acceptable use by region, and suspension with an appeal that keeps copies and deletion open.',
      refused: 'Nobody can be suspended: there is no such act.',
    },
  ),
  'ls.3': later(
    'Complaints about content are handled',
    'Whoever sees their rights infringed can send a written notice, which is dealt with soon.',
    ['agreement', 'complaints'],
    {
      missing: 'A desk for notices of infringement with receipt, counter-notice, decision and clock.',
      refused: 'Notices reach the contact of the server, and nothing is taken down by the program.',
    },
  ),
} as const satisfies Record<string, ClauseEntry>
