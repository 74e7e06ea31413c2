import type { AskRefusal } from '../context/who-may-ask.js';
import { escapeToFit } from '../format/markdown.js';
import type { Texts } from '../locales/texts.js';

const MAX_SERVER_NAME = 100;

/** Tells somebody why they get no answer here. */
export function refusalText(refusal: AskRefusal, texts: Texts): string {
  switch (refusal.kind) {
    case 'off':
      return texts.say('failure.off');
    case 'direct':
      return texts.say('failure.direct', { server: escapeToFit(refusal.server, MAX_SERVER_NAME) });
    default:
      return texts.say('failure.role');
  }
}
