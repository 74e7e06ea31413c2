import { Refusal } from '../context/refusal.js';
import type { Action } from '../format/custom-id.js';
import type { Control } from './control.js';
import { CREDIT } from './credit.js';
import { ANSWER_PAGE, ARTICLE_PAGE, FOUND_PAGE, PINS_PAGE, SOURCES_PAGE } from './pages.js';
import { PIN, PIN_FOR_GAP, PIN_TO_ANSWER } from './pin.js';
import { REMOVE } from './remove.js';
import { SETTING, SETTINGS_GROUP } from './setting.js';
import { SETUP_SET, SETUP_STEP } from './setup.js';
import { SHARE } from './share.js';
import { SHOW } from './show.js';
import { SHOW_CONTEXT } from './show-context.js';
import { TELL } from './tell.js';
import { VOTE_RIGHT, VOTE_WRONG } from './votes.js';
import { WHY } from './why.js';
import { WORDS, WORDS_DISCARD, WORDS_SAVE } from './words.js';

/** The list below an answer stands for the control that is chosen from it. A choice that is none is from another version. */
const UNKNOWN_CHOICE: Control = {
  isQuestion: false,
  acknowledgement() {
    throw new Refusal('outdated.button');
  },
  run: () => null,
};

/** Every button and list of the bot's messages. */
export const CONTROLS: Readonly<Record<Action, Control>> = {
  page: ANSWER_PAGE,
  context: SHOW_CONTEXT,
  why: WHY,
  share: SHARE,
  right: VOTE_RIGHT,
  wrong: VOTE_WRONG,
  remove: REMOVE,
  found: FOUND_PAGE,
  sources: SOURCES_PAGE,
  article: ARTICLE_PAGE,
  show: SHOW,
  setting: SETTING,
  settings: SETTINGS_GROUP,
  pin: PIN,
  pins: PINS_PAGE,
  gap: PIN_FOR_GAP,
  menu: UNKNOWN_CHOICE,
  'pin-answer': PIN_TO_ANSWER,
  tell: TELL,
  words: WORDS,
  'words-form': UNKNOWN_CHOICE,
  'words-save': WORDS_SAVE,
  'words-discard': WORDS_DISCARD,
  setup: SETUP_STEP,
  'setup-set': SETUP_SET,
  credit: CREDIT,
};
