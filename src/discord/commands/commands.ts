import { ABOUT } from './about.js';
import { ADD } from './add.js';
import { ADD_AS_ARTICLE, THIS_ANSWERS_IT } from './add-message.js';
import { ANSWER_THIS } from './answer-this.js';
import { ARTICLE } from './article.js';
import { ASK } from './ask.js';
import { CITE } from './cite.js';
import type { MessageCommand, SlashCommand } from './command.js';
import { EXPORT } from './export.js';
import { FIND } from './find.js';
import { FIND_THE_SOURCE } from './find-the-source.js';
import { FORGET_ME } from './forget-me.js';
import { GAPS } from './gaps.js';
import { IMPORT } from './import.js';
import { PIN } from './pin.js';
import { REMOVE_ARTICLE } from './remove.js';
import { SETTINGS } from './settings.js';
import { SETUP } from './setup.js';
import { SOURCES } from './sources.js';
import { STATUS } from './status.js';

/** Every slash command, in the order in which they are registered. */
export const SLASH_COMMANDS: readonly SlashCommand[] = [
  ASK,
  FIND,
  CITE,
  SOURCES,
  ARTICLE,
  ABOUT,
  FORGET_ME,
  SETUP,
  SETTINGS,
  GAPS,
  PIN,
  ADD,
  REMOVE_ARTICLE,
  STATUS,
  EXPORT,
  IMPORT,
];

/** Every command in the context menu of a message. */
export const MESSAGE_COMMANDS: readonly MessageCommand[] = [
  ANSWER_THIS,
  FIND_THE_SOURCE,
  ADD_AS_ARTICLE,
  THIS_ANSWERS_IT,
];
