import type { ClauseId } from '../clauses.ts'

/** The source policy: kept by title, date and hash, never by its text, and never shown to anyone for agreement. // fm.date */
export const sourcePolicy = Object.freeze({
  version: '1.0.0',
  title: 'Service Agreement; Legal Statement and Privacy Policy',
  date: '2020-05-11',
  sha256: '6e21b81b4d915e000b19c863ed8222f8daea051feb6b91d07993e43bb1efa1f1',
  standing: 'source, never offered for agreement',
})

/** A defect of the source policy and what version 2.0 does about it. */
export interface Erratum {
  readonly clauses: readonly ClauseId[]
  readonly defect: string
  readonly mended: string
}

export const errata: readonly Erratum[] = Object.freeze([
  {
    clauses: ['pp.9', 'fm.contact', 'sa.3', 'def.aff'],
    defect: 'Contact and the list of related companies were left blank or broke off.',
    mended: 'Each server shows the contact that belongs to it; there are no related companies.',
  },
  {
    clauses: ['pp.3.1.5'],
    defect: 'The sentence on standard clauses pointed to the wrong section for contact.',
    mended: 'References are links to sections and are checked; a wrong one is rejected.',
  },
  {
    clauses: ['pp.3.3.1', 'ls.2.1.1', 'pp.4.4.a'],
    defect: 'Several paragraphs had lost their numbers.',
    mended: 'Every promise has a permanent id that no print can lose.',
  },
  {
    clauses: ['pp.1.3', 'pp.4.2.1', 'pp.4.2.2', 'pp.4.2.3', 'pp.8'],
    defect: 'Deletion was promised on three grounds in one place, to everyone in another.',
    mended: 'Everyone may have their information deleted, without giving a reason.',
  },
  {
    clauses: ['pp.3.1.3'],
    defect: 'Manufacturers were to receive location and identifiers without a word of consent.',
    mended: 'Nothing goes to manufacturers.',
  },
  {
    clauses: ['sa.1', 'fm.read', 'sa.4'],
    defect: 'Using the service counted as agreeing to everything at once.',
    mended: 'Accepting the agreement, acknowledging the statement and each choice are separate acts.',
  },
  {
    clauses: ['sa.2'],
    defect: 'Important terms were to be bold and underlined; none was.',
    mended: 'A version without its important terms marked is rejected.',
  },
  {
    clauses: ['pp.2.2.1'],
    defect: 'A leftover from an insurance form asked for details of risks.',
    mended: 'Nothing of that kind is asked for.',
  },
  {
    clauses: ['pp.3.4.1', 'pp.3.4.2', 'pp.3.4.3', 'pp.3.4.4'],
    defect: 'Exceptions in the words of one country’s law were claimed for everyone.',
    mended: 'Only a duty under the law that applies to you counts, on paper, and no further than it reaches.',
  },
  {
    clauses: ['fm.controller'],
    defect: 'Another company was named as responsible.',
    mended: 'Responsible is whoever runs the server; the statement says how to see who that is.',
  },
  {
    clauses: ['pp.2.2.2'],
    defect: 'The heading spoke of the phone, the text of the paired device.',
    mended: 'Both are covered, each by its own paragraph.',
  },
  {
    clauses: ['pp.0', 'pp.4.1', 'pp.6'],
    defect: 'Later sections used information that the list of what is collected did not name.',
    mended: 'One table, made from the program’s own map of its data, lists everything.',
  },
  {
    clauses: ['pp.7.1', 'fm.date'],
    defect: 'It was written before later laws of China and the European Union.',
    mended: 'Version 2.0 was written anew; the law that applies where you live stands beside it.',
  },
  {
    clauses: ['sa.1'],
    defect: 'One of the two documents was missing and the other went by three names.',
    mended: 'Two documents, one title each.',
  },
  {
    clauses: ['ls.2.1.1'],
    defect: 'One country’s law bound every user, with liability excluded altogether.',
    mended: 'The law where you are binds you; liability is limited only as far as law allows.',
  },
])
