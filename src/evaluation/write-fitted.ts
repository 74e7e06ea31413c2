import type { FittedCoefficients } from '../answering/coefficients.js';
import { UserError } from '../user-error.js';

/** The source file that holds fitted coefficients. */
export function fittedSource(fitted: FittedCoefficients): string {
  return `import type { FittedCoefficients } from './coefficients.js';

/**
 * Written by \`npm run fit\`. Fitted on the questions of one half of each set's articles; those of the other half were not
 * used, and are what is to be reported. \`answered\` begins where in each set 90 % of the first passages above it were right
 * on the fitting halves, \`closest\` where 99.5 % of the right first passages lie above it.
 */
export const FITTED: FittedCoefficients = ${literal(fitted, '')};
`;
}

/** A value as TypeScript source in this project's format. */
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
    throw new UserError('A set has no answerable questions in one of its halves: nothing can be fitted or said of it.');
  return JSON.stringify(value);
}
