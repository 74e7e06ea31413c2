import type { Coefficients } from './coefficients.js';
import { FITTED } from './fitted-coefficients.js';

/**
 * Returns the coefficients for a model, or null if none were fitted for it: similarities of different models differ in
 * scale.
 *
 * @param modelFingerprint SHA-256 of the model's files, in hexadecimal.
 */
export function coefficientsFor(modelFingerprint: string): Coefficients | null {
  return FITTED.model.fingerprint === modelFingerprint ? FITTED : null;
}
