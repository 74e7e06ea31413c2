import type { CommandGroup, TerminalCommand } from '../command.js';
import { articlesCommand } from './articles.js';
import { askCommand } from './ask.js';
import { botCommand } from './bot.js';
import { chatCommand } from './chat.js';
import { doctorCommand } from './doctor.js';
import { evalCommand } from './eval.js';
import { fitCommand } from './fit.js';
import { indexCommand } from './index-articles.js';
import { learnCommand } from './learn.js';
import { pinCommands } from './pin.js';
import { showCommand } from './show.js';

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly (TerminalCommand | CommandGroup)[] = [
  askCommand,
  indexCommand,
  articlesCommand,
  showCommand,
  pinCommands,
  chatCommand,
  botCommand,
  doctorCommand,
  evalCommand,
  learnCommand,
  fitCommand,
];
