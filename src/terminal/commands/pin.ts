import type { CommandGroup } from '../command.js';
import { pinAddCommand } from './pin-add.js';
import { pinListCommand } from './pin-list.js';
import { pinRemoveCommand } from './pin-remove.js';

/** What is shown first whenever a question is asked: `pin add`, `pin list`, `pin remove`. */
export const pinCommands: CommandGroup = {
  name: 'pin',
  description: 'show a passage first whenever a question is asked',
  commands: [pinAddCommand, pinListCommand, pinRemoveCommand],
};
