import { basename, relative } from 'node:path';

/**
 * The command that starts this program from the current folder. Messages name it instead of `footnote`, which may not be
 * installed.
 *
 * @param script Path of the script that Node.js runs.
 * @param environment npm says in it which script it runs.
 */
export function programName(
  script: string,
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): string {
  const { npm_lifecycle_event: npmScript, npm_command: npmCommand } = environment;
  if (npmCommand === 'exec') return 'npx footnote';
  if (npmScript !== undefined && npmScript !== '') return 'npm run -s footnote --';
  if (basename(script) === 'footnote') return 'footnote';
  const path = relative(workingFolder, script);
  return `node ${path === '' || path.startsWith('..') ? script : path}`;
}

/** Puts the program's real name into the commands that a message mentions: "Run `footnote index`." */
export function withProgramName(message: string, program: string): string {
  // A function, because a folder in `program` may contain `$`, which means something in a replacement string.
  return message.replace(/`footnote(?=[ `])/g, () => `\`${program}`);
}
