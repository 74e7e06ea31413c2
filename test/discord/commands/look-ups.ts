import { type APIMessage, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { readerOf } from '../bot/reader.js';
import { writeSeed, writeSeeds } from '../bot/seeds.js';
import { controlOf, pageButton } from '../bot/shown-message.js';
import { readBlockQuote, type ShownText } from '../bot/shown-text.js';
import type { Bot } from '../bot/use-bot.js';
import type { AutocompleteChoice } from '../fake/people/interaction-handle.js';
import type { Place } from '../fake/people/people.js';

/** How many of the articles are chronicles: more than fit on a page of `/sources`. */
export const CHRONICLES = 12;
/** How many articles there are. */
export const ARTICLES = CHRONICLES + 6;

/** Seven short passages full of Markdown, each below a heading. */
const ALMANAC = `---
title: "Almanac of *winds* & @everyone"
publisher: "Weather [Office]"
published: 2003-03-03
url: https://example.org/almanac
---

${Array.from(
  { length: 7 },
  (_, index) => `## Wind ${index + 1}

The \\*\\*wind\\*\\* of number ${index + 1} comes over the hills in the \\_evening\\_, says \\<@1>, and nobody in the valley shuts a window
before the bells of the lower church have rung: > twice || or \\~\\~three\\~\\~ times @everyone, 1. - [x](y) :bell:.`,
).join('\n\n')}
`;

/** Long passages, and a title and a source that leave little room for them. */
const LEDGER = `---
title: The ledger of ${'everything that was ever written down '.repeat(5)}
publisher: ${'The Quay Press and Sons '.repeat(4)}
url: https://example.org/${'path/'.repeat(50)}
---

${Array.from({ length: 5 }, (_, part) =>
  Array.from(
    { length: 10 },
    (__, line) => `Line ${line} of part ${part} tells of _cargo_, weather, wages and the quarrels in the harbour town.`,
  ).join(' '),
).join('\n\n')}

The list of ${Array.from({ length: 700 }, (_, index) => `rope${index}`).join(', ')} ends here.

After the list a clerk wrote in another hand that he had counted the ropes twice in the cold of January, that no rope was
missing, and that he would not count them again.
`;

/** Writes the usual articles, the chronicles, the almanac and the ledger. */
export function writeShelf(folder: string): void {
  writeSeeds(folder);
  for (let number = 1; number <= CHRONICLES; number++) {
    writeSeed(
      folder,
      `chronicle/${number}.md`,
      `---
title: Quay Chronicle ${number}
publisher: Quay Press
published: ${1990 + number}-01-31
---

In year ${number} the harbour froze and nobody came across the water for many weeks, until the ice broke with a noise like
thunder and all the ships sailed again.
`,
    );
  }
  writeSeed(folder, 'long/almanac.md', ALMANAC);
  writeSeed(folder, 'long/ledger.md', LEDGER);
}

/** What people do to look something up. */
export interface LookUps {
  /** Uses a command, with words or without. The test fails if the answer is not private. */
  readonly lookUp: (name: 'find' | 'sources' | 'article', typed?: string, place?: Place) => Promise<APIMessage>;
  /** The suggestions for words that are typed into a command. */
  readonly suggestions: (
    name: 'find' | 'article' | 'ask',
    typed: string,
    place?: Place,
  ) => Promise<readonly AutocompleteChoice[]>;
  /** Turns the page. The test fails if the page appears in another message. */
  readonly turnPage: (message: APIMessage, direction: 'previous' | 'next') => Promise<APIMessage>;
  /** All pages from a first one on. */
  readonly pagesFrom: (first: APIMessage) => Promise<APIMessage[]>;
  /** Chooses from the list below a message. The test fails unless the answer is another, private message. */
  readonly chooseFrom: (message: APIMessage, value: string) => Promise<APIMessage>;
}

const PRIVATE_CARD = MessageFlags.Ephemeral | MessageFlags.IsComponentsV2;

/** Lets people look things up on the fake Discord of a bot. */
export function lookUpsOn(bot: Bot): LookUps {
  const reader = readerOf(bot);
  const turnPage: LookUps['turnPage'] = async (message, direction) => {
    const turned = await reader.turnPage(message, direction);
    expect(turned.id).toBe(message.id);
    return turned;
  };
  return {
    turnPage,
    async lookUp(name, typed, place = {}) {
      const option = name === 'article' ? 'article' : 'words';
      const options = typed === undefined ? {} : { [option]: typed };
      const response = await bot.fake.slash({ name, options, ...place }).response();
      expect(response.flags).toBe(PRIVATE_CARD);
      return response;
    },
    suggestions(name, typed, place = {}) {
      const focused = name === 'find' ? 'words' : 'article';
      return bot.fake.autocomplete({ name, options: { [focused]: typed }, focused, ...place }).choices();
    },
    async pagesFrom(first) {
      const pages = [first];
      for (let page = first; pageButton(page, 'next') !== undefined; ) {
        page = await turnPage(page, 'next');
        pages.push(page);
      }
      return pages;
    },
    async chooseFrom(message, value) {
      const customId = controlOf(message, 'show');
      const shown = await bot.fake.selectOption({ messageId: message.id, customId, values: [value] }).response();
      expect(shown.id).not.toBe(message.id);
      expect(shown.flags).toBe(PRIVATE_CARD);
      return shown;
    },
  };
}

/** The text displays that contain nothing but a block quote. Two in a row stay apart, unlike in the text of the message. */
export function quotesOnPage({ components = [] }: APIMessage): ShownText[] {
  const inside = components.flatMap((one) => (one.type === ComponentType.Container ? one.components : []));
  return inside.flatMap((one) =>
    one.type === ComponentType.TextDisplay && one.content.startsWith('> ') ? [readBlockQuote(one.content)] : [],
  );
}
