import { writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import { systemCode, UserError } from '../../user-error.js';
import { type TerminalCommand, wholeNumber } from '../command.js';
import { withEvaluationProgress } from '../evaluation-progress.js';
import { printable, wrapLongLines } from '../screen.js';

const DEFAULT_FAILURES = 20;
const MAX_FAILURES = 10_000;

interface EvalOptions {
  readonly half?: 0 | 1;
  readonly split: 'test' | 'dev' | 'train';
  readonly compare?: boolean;
  readonly failures?: number | true;
  readonly plot?: string;
}

/** Measures the answers on questions with known answers. */
export const evalCommand: TerminalCommand<EvalOptions> = {
  configure: (command) =>
    command
      .argument(
        '<path>',
        'a BEIR folder, a folder with passages.jsonl and queries.jsonl, a documents folder with seeds/ and questions.jsonl, or a .json file of questions about the seeds',
      )
      .option(
        '--half <n>',
        'only the questions of one half of the articles: 0 was used for fitting, 1 is for reporting',
        wholeNumber(0, 1),
      )
      .addOption(
        new Option('--split <name>', 'relevance judgements of a BEIR folder')
          .choices(['test', 'dev', 'train'])
          .default('test'),
      )
      .option('--compare', 'measure each stage alone as well, and test each against every other')
      .option(
        '--failures [n]',
        `list the n worst misses (${DEFAULT_FAILURES} if n is left out), with the rank of the right passage in each stage`,
        wholeNumber(1, MAX_FAILURES),
      )
      .option('--plot <file>', 'write a reliability diagram (SVG): how often answers of each confidence are right'),
  async run(context, [path = ''], { failures, plot, ...options }) {
    const { app, settings, json, print, say, screen } = context;
    const listed = failures === true ? DEFAULT_FAILURES : (failures ?? 0);
    const output = await withEvaluationProgress(context, (events) =>
      app.evaluate(path, settings, { ...options, ...events, failures: listed }),
    );
    const { stdout } = context.runtime;
    if (json) print(JSON.stringify(output.json));
    // Without a terminal, a line for each line of the report.
    else if (stdout.isTTY === true) print(wrapLongLines(printable(output.render(screen.columns)), screen));
    else print(printable(output.render()));
    if (plot === undefined) return undefined;
    await writeDiagram(plot, output.drawDiagram());
    say(`The reliability diagram is in ${printable(plot)}.`);
    return undefined;
  },
};

async function writeDiagram(file: string, diagram: string): Promise<void> {
  try {
    await writeFile(file, diagram);
  } catch (error) {
    throw new UserError(
      `Could not write ${file} (${systemCode(error) ?? String(error)}). Name another file with --plot.`,
      { cause: error },
    );
  }
}
