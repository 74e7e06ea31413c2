import { z } from 'zod';

/**
 * Describes in one line what does not match a schema, such as `text: expected string, but it is missing`.
 *
 * @param error What `safeParse` of Zod reports.
 */
export function describeIssues({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => {
      const problem = message.replace(/^Invalid input: /, '').replace(/, received undefined$/, ', but it is missing');
      return path.length === 0 ? problem : `${z.core.toDotPath(path)}: ${problem}`;
    })
    .join('; ');
}
