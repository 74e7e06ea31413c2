import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeIssues } from '../src/describe-issues.js';

const SCHEMA = z.object({ text: z.string(), tags: z.array(z.string()).optional() });

test.each([
  [{}, 'text: expected string, but it is missing'],
  [{ text: 4 }, 'text: expected string, received number'],
  [{ text: 'a', tags: ['b', null] }, 'tags[1]: expected string, received null'],
  [{ tags: 'b' }, 'text: expected string, but it is missing; tags: expected array, received string'],
  [[], 'expected object, received array'],
])('%j: %s', (value, description) => {
  const { error } = SCHEMA.safeParse(value);
  if (error === undefined) throw new Error('It matches the schema');
  expect(describeIssues(error)).toBe(description);
});
