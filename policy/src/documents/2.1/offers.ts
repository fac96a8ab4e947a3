import type { ClauseId } from '../../clauses.ts'

/** What version 2.1 offers beyond 2.0, a line each; a test holds each line to the clauses that it needs. // pp.0 */
export const offers = {
  /** Copy, correction, deletion, restriction and objection as requests in the app, with their progress. */
  requests: true,
  /** Encrypted backups, each restored in rehearsal, and deletion that reaches them. */
  backups: true,
  /** Sharing with manufacturers and partners, each by its own consent, with a page of who received what. */
  sharing: true,
  /** The browser's signal against selling and sharing. */
  signal: true,
  /** A neutral question for the age, and a guardian's own act. */
  age: true,
  /** Staff of a hosted service who look with a case alone. */
  staff: true,
} as const satisfies Record<string, boolean>
export type Offer = keyof typeof offers

/** The clauses that must be kept by code before a line above may say true; none: only the integrator can tell. */
export const needed: Readonly<Record<Offer, readonly ClauseId[]>> = {
  requests: ['pp.4.2.1', 'pp.4.2.2', 'pp.4.2.3', 'pp.4.4.a', 'pp.4.4.b', 'pp.4.4.c', 'pp.8'],
  backups: ['pp.ret.2'],
  sharing: ['pp.3.1.1', 'pp.3.1.3', 'pp.3.1.p', 'pp.3.1.a'],
  signal: ['pp.4.4.d'],
  age: ['pp.6'],
  staff: ['pp.5.1'],
}
