import type { Citation } from '../corpus/citation.js';
import { type LinkSpan, linkSpans } from '../corpus/links.js';
import type { Span } from '../text/span.js';
import type { Answer, AnswerRank, AnswerTrace } from './answer.js';
import { noteText } from './answer-notes.js';

/** An answer for programs: what `ask --json` prints and the library returns. Fields are added, never renamed. */
export interface PublicAnswer {
  /** The question as it was asked, on one line. */
  readonly question: string;
  /**
   * The question as it was searched: without courtesies, with the rare words of a pasted text, spelling corrected, a follow-up
   * joined with the question before it.
   */
  readonly searched: string;
  /** Whether the passages answer the question, some of several questions, only come close, or nothing was found. */
  readonly outcome: 'answered' | 'partly' | 'closest' | 'not-found';
  /**
   * Probability that the citations answer the question, 0 to 1; null if it is unknown for this model or language, and if a person
   * pinned the first citation. Of several questions, the lowest of those that are answered, or else of those with a citation.
   */
  readonly confidence: number | null;
  /** Remarks about the answer. Depending on its kind, a note has more fields. */
  readonly notes: readonly PublicNote[];
  /** Best first; empty if the outcome is `not-found`. */
  readonly citations: readonly PublicCitation[];
  /** The best passages, whatever the outcome. */
  readonly ranking: readonly PublicRank[];
  /** Milliseconds. */
  readonly tookMs: number;
}

/** A remark about an answer, such as a corrected spelling. */
export interface PublicNote {
  readonly kind: string;
  /** The remark as an English sentence. */
  readonly text: string;
}

/** A quote from an article, with its source. */
export interface PublicCitation extends Omit<Citation, 'passageStart' | 'excerpt'> {
  /** The linked parts of `quote` and where they lead, in order. Relative addresses are completed with that of the article. */
  readonly links: readonly LinkSpan[];
  /** The parts of `quote` that the author struck out: they no longer hold. */
  readonly struck: readonly Span[];
}

/** A passage in the ranking of an answer. */
export type PublicRank = AnswerRank;

/**
 * Converts an answer to its public form.
 *
 * @param options.explain Adds the trace of how it was found. Default: false.
 */
export function toPublicAnswer(
  { question, searched, outcome, confidence, notes, citations, ranking, trace, tookMs }: Answer,
  { explain = false }: { readonly explain?: boolean } = {},
): PublicAnswer & { readonly trace?: AnswerTrace } {
  return {
    question,
    searched,
    outcome,
    confidence,
    notes: notes.map((note) => ({ ...note, text: noteText(note) })),
    citations: citations.map(toPublicCitation),
    ranking,
    tookMs,
    ...(explain && { trace }),
  };
}

function toPublicCitation(citation: Citation): PublicCitation {
  const { passageId, article, question, quote, start, end, highlights, passage, context, location, excerpt } = citation;
  const links = linkSpans(excerpt, article.url);
  const struck = excerpt.marks
    .filter(({ kind }) => kind === 'struck')
    .map((mark) => ({ start: mark.start, end: mark.end }));
  return { passageId, article, question, quote, start, end, highlights, passage, context, location, links, struck };
}
