/**
 * The package `probatum` and its elements, type by type: what `npm run docs` writes down.
 * @module
 */
export { LIMITS, Probatum, ask, createProbatum, describe, openEngine } from '../pkg/types/index.mjs';
export { ProbatumCheck, ProbatumReport } from '../pkg/types/elements.mjs';
export type { BrowserOptions } from '../pkg/types/browser.mjs';
export type { Engine, NodeOptions, Options } from '../pkg/types/index.mjs';
export type { AskOptions, CheckDraftOptions, CheckManyOptions, CheckOptions, CheckedRow, ClaimGiven, CommonOptions, DraftOptions, ManyOptions } from '../pkg/types/create.mjs';
export type { Introduction } from '../pkg/types/client.mjs';
export type { Limits } from '../pkg/types/defaults.mjs';
export type { DraftChecked, DraftRead, ModelState } from '../pkg/types/messages.mjs';
export type { Progressing } from '../pkg/types/progressing.mjs';
export type {
  Answer, CheckLimits, Checked, CheckedPart, CheckedQuotation, CheckedSentence, CitedWork, Claim, ClaimId, Counts, Decides, Depth, Direction, Disagreement,
  DraftVerdict, Drift, DriftKind, Entailment, Evidence, Excluded, Facet, FacetKind, Finding, Format, FoundSentence, FoundWork, GivenDraft, GivenList,
  GivenText, Label, ListFormat, Missing, Notice, Outcome, Pair, PaperId, PaperStance, PaperSummary, PassageRef, Place, Probability, Progress,
  Proposition, Query, Reading, Relation, Said, SectionKind, Side, Size, SourceId, SourceInfo, SourceState, Span, Stance, StanceProbability, Stated,
  Strength, Study, Summary, Trouble, Verdict, Voice,
} from '../pkg/types/probatum.js';
