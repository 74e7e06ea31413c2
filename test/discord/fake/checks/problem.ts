import { RESTJSONErrorCodes } from 'discord-api-types/v10';

/** One thing wrong with a payload. */
export interface Problem {
  /** The name of the rule that found it, as in "content length"; "schema" if Discord's schema did. */
  readonly rule: string;
  /** Path to the bad value, as in "embeds.0.title"; empty for the payload as a whole. */
  readonly at: string;
  /** What is wrong, for people. */
  readonly text: string;
  /** The error code Discord answers with. Absent if Discord accepts the payload and only our own promise is broken. */
  readonly refusedWith?: number;
}

/** A problem as a rule reports it: `applyRules` adds the name of the rule. */
export type Finding = Omit<Problem, 'rule'>;

/** Stands in for an error code: the payload makes Discord fail with HTTP 500, which has no code. */
export const SERVER_FAULT = 500;

/** Runs every rule and puts the rule's name into each of its findings. */
export function applyRules<Rule>(
  rules: Readonly<Record<string, Rule>>,
  run: (rule: Rule) => Iterable<Finding>,
): Problem[] {
  return Object.entries(rules).flatMap(([name, rule]) => [...run(rule)].map((finding) => ({ rule: name, ...finding })));
}

/** A finding for which Discord answers "Invalid Form Body" (50035). */
export function refused(at: string, text: string): Finding {
  return { at, text, refusedWith: RESTJSONErrorCodes.InvalidFormBodyOrContentType };
}

/** A problem in one line, as violations show it: "content length: content: 2001 characters, at most 2000". */
export function describeProblem({ rule, at, text }: Problem): string {
  return `${rule}: ${at === '' ? '' : `${at}: `}${text}`;
}

/** The problem of a value inside another, with its path from the outer value. */
export function nestedIn(outer: string, problem: Problem): Problem {
  return { ...problem, at: [outer, problem.at].filter(Boolean).join('.') };
}
