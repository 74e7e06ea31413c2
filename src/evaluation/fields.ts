import * as v from 'valibot';
import { foldText } from './gold-text.js';

/** A text that is not empty. */
export const FILLED = v.pipe(
  v.string(),
  v.check((text) => text !== '', 'is empty'),
);

/** A text with words or numbers, such as a question. */
export const WORDS = v.pipe(
  v.string(),
  v.check((text) => foldText(text) !== '', 'has no letters or digits'),
);

/** An object with these fields; others are left out. Unlike `v.object`, it rejects a list as a whole. */
export function object<const Fields extends v.ObjectEntries>(fields: Fields) {
  return v.pipe(
    v.custom<object>((value) => !Array.isArray(value)),
    v.object(fields),
  );
}

/** A list of exactly these items. Unlike `v.strictTuple`, it rejects a list of another length as a whole. */
export function tuple<const Items extends v.TupleItems>(items: Items) {
  return v.pipe(v.array(v.unknown()), v.length(items.length), v.strictTuple(items));
}
