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
export { clause, clauseIds, clauses, clauseWords, isClauseId, type Clause, type ClauseId } from './clauses.ts'
export {
  decide,
  type Ask,
  type Decision,
  type Facts,
  type PurposeReason,
  type PurposeVerdict,
} from './decide.ts'
export {
  deadlineOf,
  deadlineRules,
  extensionOf,
  markPassed,
  regimeOf,
  regimes,
  resumedAt,
  ruleFor,
  type Deadline,
  type Regime,
} from './deadlines.ts'
export { currentVersion, documents, documentsOf, summaries, summariesOf } from './documents.ts'
export { errata, errataInChinese, sourcePolicy, type Erratum } from './documents/archive.ts'
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
export { documentChanges, type BlockChange, type SectionChange } from './documents/diff.ts'
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
  type StaffPrincipal,
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
export { activities, activityOf, type ProcessingActivity } from './processing.ts'
export { isFreshProof, stepUpMs } from './proof.ts'
export { fieldWords } from './field-words.ts'
export { mayObject, optionalPurposes, purposes, type PurposeEntry, type PurposeTexts } from './purposes.ts'
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
export {
  coarseRegion,
  project,
  sharedCategories,
  sharedFields,
  safeguards,
  safeguardsOf,
  sharingPurposes,
  sharingRules,
  type Safeguard,
  type FieldName,
  type Projected,
  type RawReport,
  type SharedCategory,
  type SharingPurpose,
} from './sharing.ts'
export { roleSafety } from './safety.ts'
export { caseRules, staffVerbs, type CaseRule } from './staff.ts'
export { classify, type Change, type MaterialClause } from './versions/classify.ts'
export { promisedBy, type Promised } from './versions/promised.ts'
export {
  compareVersions,
  isCovered,
  standingOf,
  type AgreementStanding,
  type VersionPromise,
} from './versions/agreed.ts'
export { changeWords } from './versions/change-words.ts'
export { driftOf } from './versions/drift.ts'
export { opensWhenLimited } from './versions/limited.ts'
export { earliestEffect, noticeRules, type NoticeRule } from './versions/notice-rules.ts'
export {
  EffectTooEarly,
  publicationOf,
  type Publication,
  type PublicationWish,
} from './versions/publication.ts'
export {
  draftVersion,
  lastPublished,
  publishedVersions,
  type PublishedVersion,
} from './versions/published.ts'
export { isUnasked } from './unasked.ts'
export { sourceLabels, sourceOf, sources, type Source } from './sources.ts'
export {
  isVerb,
  verbs,
  type ConsoleVerb,
  type HomeVerb,
  type PersonVerb,
  type SelfVerb,
  type Verb,
} from './verbs.ts'
export { categoryLabels, recipientLabels, tableWords } from './vocabulary.ts'
