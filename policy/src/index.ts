/**
 * The promise: clauses, documents, purposes and the two pure functions that decide who may do what.
 * Imports only the words of the model; sees neither Node nor a browser.
 */
export {
  ageCoolingDays,
  ageRules,
  guardianNeed,
  isLockedForMinors,
  isMinor,
  isOlder,
  type GuardianNeed,
} from './ages.ts'
export { clause, clauseIds, clauses, isClauseId, type Clause, type ClauseId } from './clauses.ts'
export {
  decide,
  type Ask,
  type Decision,
  type Facts,
  type PurposeReason,
  type PurposeVerdict,
} from './decide.ts'
export { currentVersion, documents, summaries } from './documents.ts'
export { errata, sourcePolicy, type Erratum } from './documents/archive.ts'
export {
  documentIds,
  emphases,
  sectionIds,
  type Block,
  type DocumentId,
  type Emphasis,
  type LinkTarget,
  type PolicyDocument,
  type Section,
  type SectionId,
  type Span,
  type Text,
} from './documents/ast.ts'
export { canonicalText, plainText } from './documents/canonical.ts'
export { collectionTable, withCollection, type MapFact } from './documents/collection-table.ts'
export { requiredEmphases, spansOf, validateDocument } from './documents/validate.ts'
export { guardianText } from './guardian-text.ts'
export { isWithinHours, nextTurn } from './hours.ts'
export {
  may,
  type Context,
  type OtherPrincipal,
  type PanelPrincipal,
  type PersonPrincipal,
  type Principal,
  type Relations,
  type Resource,
  type TokenPrincipal,
  type Verdict,
} from './may.ts'
export {
  guardianRoles,
  mayChange,
  mayGrant,
  mayRemove,
  placeFaults,
  type Place,
  type Standing,
} from './members.ts'
export { isFreshProof, stepUpMs } from './proof.ts'
export { optionalPurposes, purposes, type PurposeEntry, type PurposeTexts } from './purposes.ts'
export {
  closed,
  isReachNarrowed,
  reaches,
  unnarrowed,
  withinSafety,
  type DeviceFacts,
  type Limits,
} from './reach.ts'
export { durationWords, retentionWords } from './retention-words.ts'
export { rights, type Right, type RightId } from './rights.ts'
export { keeperRoles, mustConfirm, personOnlyVerbs, roleVerbs, unlimitedVerbs } from './roles.ts'
export { purposeCategories } from './rules.ts'
export { roleSafety } from './safety.ts'
export { classify, type Change, type MaterialClause } from './versions/classify.ts'
export { promisedBy, type Promised } from './versions/promised.ts'
export { lastPublished, publishedVersions, type PublishedVersion } from './versions/published.ts'
export { isUnasked } from './unasked.ts'
export { isVerb, verbs, type HomeVerb, type PersonVerb, type SelfVerb, type Verb } from './verbs.ts'
export { categoryLabels, recipientLabels, tableWords } from './vocabulary.ts'
