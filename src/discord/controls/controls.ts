import type { Action } from '../format/custom-id.js';
import type { Control } from './control.js';
import { ARTICLE_PAGE, FOUND, PAGE, SOURCES_PAGE } from './pages.js';
import { REMOVE } from './remove.js';
import { SETTING } from './setting.js';
import { SHARE } from './share.js';
import { SHOW } from './show.js';
import { CONTEXT } from './show-context.js';
import { RIGHT, WRONG } from './votes.js';
import { WHY } from './why.js';

/** Every button and list of our messages. */
export const CONTROLS: Readonly<Record<Action, Control>> = {
  page: PAGE,
  context: CONTEXT,
  why: WHY,
  share: SHARE,
  right: RIGHT,
  wrong: WRONG,
  remove: REMOVE,
  found: FOUND,
  sources: SOURCES_PAGE,
  article: ARTICLE_PAGE,
  show: SHOW,
  setting: SETTING,
};
