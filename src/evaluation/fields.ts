import { z } from 'zod';
import { foldText } from './gold-text.js';

/** A text that is not empty. */
export const FILLED = z.string().refine((text) => text !== '', 'is empty');

/** A text with words or numbers, such as a question. */
export const WORDS = z.string().refine((text) => foldText(text) !== '', 'has no letters or digits');
