import { Help, type HelpConfiguration } from 'commander';
import { indent, wrapMessage } from './screen.js';

/** Columns that a description must have beside its term. With less, it stands below the term. */
const MIN_DESCRIPTION_COLUMNS = 20;
const DESCRIPTION_INDENT = 6;
const USAGE = 'Usage: ';

/** How help is laid out: every line fits the terminal, however narrow it is. */
export const HELP_FORMAT: HelpConfiguration = {
  showGlobalOptions: true,
  minWidthToWrap: MIN_DESCRIPTION_COLUMNS,
  commandUsage(this: Help, command) {
    const usage = `${USAGE}${Help.prototype.commandUsage.call(this, command)}`;
    return wrapMessage(usage, { columns: columnsOf(this) }).slice(USAGE.length);
  },
  formatItem(this: Help, term, termWidth, description, helper) {
    // Commander puts two spaces before the term and two behind it.
    const isWideEnough = columnsOf(helper) - termWidth - 4 >= MIN_DESCRIPTION_COLUMNS;
    if (isWideEnough || description === '')
      return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
    return `  ${term}\n${indent(description, DESCRIPTION_INDENT, { columns: columnsOf(helper) })}`;
  },
};

function columnsOf({ helpWidth = 80 }: Help): number {
  return helpWidth;
}
