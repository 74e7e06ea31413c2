import type { FittedCoefficients } from '../answering/confidence/coefficients.js';
import { UserError } from '../user-error.js';

/**
 * Returns the TypeScript source of `src/answering/confidence/fitted-coefficients.ts` for these coefficients, formatted as Biome would.
 *
 * @throws {UserError} if a measure is NaN because one half of a set has no answerable questions.
 */
export function fittedSource(fitted: FittedCoefficients): string {
  return `import type { FittedCoefficients } from './coefficients.js';

/**
 * Written by \`npm run fit\`. Fitted on the questions of one half of each set's articles. The questions of the other half
 * were not used: report the measures of those. \`answered\` starts where what is shown above it answers 90% of the questions
 * on the fitting half of every set of prose and of all documents together, \`closest\` where 99.5% of what answers is above it.
 */
export const FITTED: FittedCoefficients = ${literal(fitted, '')};
`;
}

/** Writes a value as TypeScript source in this project's format. */
function literal(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((one) => `${deeper}${literal(one, deeper)},\n`).join('')}${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, field]) => `${deeper}${name}: ${literal(field, deeper)},\n`);
    return `{\n${fields.join('')}${indent}}`;
  }
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
  if (Number.isNaN(value))
    throw new UserError(
      'One half of a set has no answerable questions, so nothing can be fitted or reported. Use a larger set.',
    );
  return JSON.stringify(value);
}
