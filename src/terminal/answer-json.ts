import type { Answer, AnswerTrace } from '../answering/answer.js';
import { noteText } from '../answering/answer-notes.js';
import type { ArticleReference } from '../corpus/article.js';

/** An answer as `footnote ask --json` prints it. Scripts rely on it: fields are added, never renamed. */
export interface AnswerJson {
  readonly question: string;
  readonly searched: string;
  readonly outcome: Answer['outcome'];
  readonly confidence: number | null;
  readonly notes: readonly { readonly kind: string; readonly text: string }[];
  readonly citations: readonly {
    readonly passageId: string;
    readonly article: ArticleReference;
    readonly question: string | null;
    readonly quote: string;
    readonly start: number;
    readonly end: number;
    readonly passage: string;
  }[];
  readonly ranking: Answer['ranking'];
  readonly tookMs: number;
  readonly trace?: AnswerTrace;
}

/** An answer in the form that programs read. @param options.explain Adds the trace. */
export function answerToJson(answer: Answer, { explain }: { readonly explain: boolean }): AnswerJson {
  const { question, searched, outcome, confidence, notes, citations, ranking, trace, tookMs } = answer;
  return {
    question,
    searched,
    outcome,
    confidence,
    notes: notes.map((note) => ({ ...note, text: noteText(note) })),
    citations: citations.map(({ passageId, article, question: part, quote, start, end, passage }) => ({
      passageId,
      article,
      question: part,
      quote,
      start,
      end,
      passage,
    })),
    ranking,
    tookMs,
    ...(explain && { trace }),
  };
}
