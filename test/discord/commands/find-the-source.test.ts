import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TRANSLATIONS } from '../../../src/discord/locales/texts.js';
import { chooseSetting } from '../bot/choose-setting.js';
import { type IndexedFolder, indexSeeds, type RunningBot, runBot } from '../bot/running-bot.js';
import { writeSeed, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { readBlockQuote, readEscaped } from '../bot/shown-text.js';
import type { Elsewhere } from '../fake/world/channels.js';

const FIRST_MEETING =
  'Antony Blinken and Sergey Lavrov met for the first time in the Harpa concert hall in Reykjavik on Wednesday.';
const CROSSING = 'The crossing to the island takes forty minutes and costs three crowns.';
const UNHEARD_OF = 'The printer on the second floor has been out of toner since Monday.';
/** Short, and no verdict. */
const GREETING = 'Hello there!';

const SAME = '🟰 **Says the same**';
const RELATED = '🔗 **Related**';
const NOTHING = '⚪ **Nothing found**';
const NO_TEXT = 'That message contains no sentence I can look up.';

/** Discord's longest message, of those who pay. */
const LONGEST = 4_000;

/** Each a passage of an article whose title, publisher and link would take all the room of a message. */
const ANNALS = [
  'Glass blowers of the southern valley melted green bottles from river sand and the ash of beech trees until the great fire in the last winter of the war.',
  'Two widows founded a school of music in the tower of the old mint and taught the violin to the children of the miners every Sunday after church.',
  'Astronomers on the western ridge counted forty meteors in a single night of August and wrote each meteor down in a ledger of thick brown paper.',
  'Convicts laid the railway to the salt works in three hot summers, and everybody in the town called the first engine on the line the Grey Goose.',
  'Beekeepers in the northern villages moved all the hives by barge every spring, because the clover on the banks flowered earlier than in the hills.',
];

/** Words that would say whether something is so, in the languages of the bot. */
const JUDGING = {
  en: /\b(?:un)?true\b|\bfalse\b|\btruth|\bcorrect|\bincorrect|\bwrong|\bright\b|\blie[sd]?\b|\bproved|\bverified|\bdebunk/i,
  de: /\b(?:un)?wahr\b|\bfalsch|\brichtig|\bwahrheit|\bgelogen|\blüge|\bbewiesen|\bwiderlegt|\bkorrekt/i,
  fr: /\bvraie?s?\b|\bfaux\b|\bfausses?\b|\bvérité|\bcorrecte?s?\b|\bmensonge|\bprouvé/i,
  es: /\bverdad|\bcierto|\bfals[oa]s?\b|\bcorrect[oa]|\bmentira/i,
  tr: /(?<!\p{L})(?:doğru|yanlış|yalan|gerçek)/iu,
  ru: /(?<!\p{L})(?:правда|правд|верно|ложь|ложн|неверн|правильн)/iu,
} as const satisfies Record<keyof typeof TRANSLATIONS, RegExp>;

let folder: IndexedFolder;
let running: RunningBot;

beforeAll(async () => {
  folder = await indexSeeds((seeds) => {
    writeSeeds(seeds);
    writeSeed(
      seeds,
      'long/annals.md',
      `---
title: "${'Annals *of* the [valley] and of all its people '.repeat(6)}"
publisher: "${'The *Quay* Press and Sons '.repeat(6)}"
url: https://example.org/${'path/'.repeat(80)}
---

${ANNALS.join('\n\n')}
`,
    );
  });
  running = await runBot(folder, { env: { FOOTNOTE_PERSON_LIMIT: '1000' } });
});

afterEach(() => {
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

/** Uses the command on something that is said, and sees that only who uses it reads the answer. */
async function findSource(content: string, where: { readonly channelId?: string } = {}): Promise<APIMessage> {
  const said = running.fake.say({ content, authorId: running.fake.otherReader.id, ...where });
  return findSourceOf(said);
}

async function findSourceOf({ id }: APIMessage): Promise<APIMessage> {
  const found = await running.fake.useMessageCommand({ name: 'Find the source', targetId: id }).response();
  expect(found.flags).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
  return found;
}

/** The verdicts of a message, each with the claim as people read it. */
function verdictsIn(message: APIMessage): { verdict: string; differs: string | null; claim: string }[] {
  const lines = textOf(message).split('\n');
  return lines.flatMap((line) => {
    const [, verdict, , differs, claim] = /^(\S+ \*\*[^*]+\*\*)( \((.+?)\))?: “(.*)”$/.exec(line) ?? [];
    if (verdict === undefined || claim === undefined) return [];
    return [{ verdict, differs: differs ?? null, claim: readEscaped(claim) }];
  });
}

function quotesIn(message: APIMessage): string[] {
  return (textOf(message).match(/^>.*(?:\n>.*)*/gm) ?? []).map((quote) => readBlockQuote(quote).text);
}

describe('what the articles say to a sentence', () => {
  test('is that one says the same, with the passage and its source', async () => {
    const found = await findSource(FIRST_MEETING);

    expect(verdictsIn(found)).toEqual([{ verdict: SAME, differs: null, claim: FIRST_MEETING }]);
    expect(quotesIn(found)).toEqual([FIRST_MEETING]);
    expect(textOf(found)).toContain(
      '**The summit in Reykjavik** · Example News · 2021-05-19 · [read it at the source](<',
    );
  });

  test.each([
    ['with different numbers', 'The crossing to the island takes fifty minutes and costs three crowns.', CROSSING],
    [
      'with different names',
      'Antony Blinken and Boris Johnson met for the first time in the Harpa concert hall in Reykjavik on Wednesday.',
      FIRST_MEETING,
    ],
    [
      'one says it, the other denies it',
      'Antony Blinken and Sergey Lavrov never met in the Harpa concert hall in Reykjavik.',
      FIRST_MEETING,
    ],
    [null, 'Where did Antony Blinken and Sergey Lavrov meet for the first time?', FIRST_MEETING],
  ])('is something related, and what differs: %s', async (differs, claim, quote) => {
    const found = await findSource(claim);

    expect(verdictsIn(found)).toEqual([{ verdict: RELATED, differs, claim }]);
    expect(quotesIn(found)).toEqual([quote]);
  });

  test('is nothing', async () => {
    const found = await findSource(UNHEARD_OF);

    expect(verdictsIn(found)).toEqual([{ verdict: NOTHING, differs: null, claim: UNHEARD_OF }]);
    expect(quotesIn(found)).toEqual([]);
  });

  test('is said of each sentence, in the order of the message', async () => {
    const found = await findSource(`${GREETING} ${CROSSING} ${UNHEARD_OF}\n${FIRST_MEETING}`);

    expect(verdictsIn(found).map(({ verdict, claim }) => [verdict, claim])).toEqual([
      [SAME, CROSSING],
      [NOTHING, UNHEARD_OF],
      [SAME, FIRST_MEETING],
    ]);
    expect(quotesIn(found)).toEqual([CROSSING, FIRST_MEETING]);
    expect(textOf(found)).not.toContain('not looked up');
  });

  test('is said of a sentence alone whose "its" is in itself', async () => {
    const found = await findSource(`${CROSSING} My router has lost its password again this morning.`);

    expect(verdictsIn(found).map(({ verdict }) => verdict)).toEqual([SAME, NOTHING]);
  });

  test('is said of five, and how many more there are', async () => {
    const six = await findSource(`${ANNALS.join(' ')} ${CROSSING}`);
    const ten = await findSource([...ANNALS, ...ANNALS].join('\n'));

    expect(verdictsIn(six).map(({ claim }) => claim)).toEqual(ANNALS);
    expect(textOf(six)).toContain('1 more sentence was not looked up.');
    expect(textOf(ten)).toContain('5 more sentences were not looked up.');
  });

  test('has a quote for each, however much their sources say of themselves', async () => {
    const found = await findSource(ANNALS.join('\n'));

    expect(verdictsIn(found)).toEqual(ANNALS.map((claim) => ({ verdict: SAME, differs: null, claim })));
    expect(quotesIn(found)).toEqual(ANNALS);
  });

  test('has a quote for each also where the sentences are long', async () => {
    const long = ANNALS.map((claim) => claim.replace('.', `, and so on and so on${' *and so on*'.repeat(8)}.`));
    const found = await findSource(long.join('\n'));

    expect(verdictsIn(found)).toHaveLength(5);
    expect(quotesIn(found)).toHaveLength(5);
    for (const quote of quotesIn(found)) expect(ANNALS).toContain(quote);
  });

  test('is never whether it is so', async () => {
    for (const content of [FIRST_MEETING, UNHEARD_OF, 'The crossing to the island takes fifty minutes.']) {
      const found = await findSource(content);

      expect(textOf(found)).toContain('This shows what the articles say, not whether it is true.');
      expect(textOf(found)).not.toMatch(JUDGING.en);
    }
  });

  test.each(Object.keys(JUDGING) as (keyof typeof JUDGING)[])(
    'is never whether it is so, in any words of %s',
    (language) => {
      const { claims, commands } = TRANSLATIONS[language];

      for (const text of [...Object.values(claims), commands.findTheSource.name])
        expect(text).not.toMatch(JUDGING[language]);
    },
  );
});

describe('a message without a sentence', () => {
  test.each([
    ['with an image only', ''],
    ['of a link only', 'https://example.org/2021/reykjavik?a=b#c'],
    ['of links only', '<https://example.org/a> [x](https://example.org/b)\nwww.example.org'],
    ['of two words', 'Not again!'],
    ['of emoji only', '🦓🦓🦓 🦓 🦓'],
    ['of a mention only', '@everyone'],
    ['of code only', '```\nThe crossing to the island takes forty minutes.\n```'],
    ['of what nobody sees', '\u200b \u200b \u2060 \ufeff'],
  ])('%s is refused with the reason', async (_, content) => {
    expect(textOf(await findSource(content))).toBe(NO_TEXT);
  });
});

describe('a message made to harm', () => {
  test.each([
    ['marks of formatting', '**||_~`'.repeat(LONGEST / 7)],
    ['brackets', '[['.repeat(LONGEST / 2)],
    ['quote marks', '> '.repeat(LONGEST / 2)],
  ])('of %s only is refused', async (_, content) => {
    expect(textOf(await findSource(content.slice(0, LONGEST)))).toBe(NO_TEXT);
  });

  test.each([
    ['hundreds of sentences', 'a b c.\n'.repeat(LONGEST / 7)],
    ['one endless word', `${'x'.repeat(LONGEST - 8)} is here`],
    ['one endless sentence', 'the ferry sails and '.repeat(LONGEST / 20)],
    [
      'half of an emoji at the end',
      'the zebra is 🦓 '
        .repeat(LONGEST / 16)
        .padEnd(LONGEST - 1, 'x')
        .concat('🦓'),
    ],
    ['mentions of everyone', '@everyone and @here are all asked. '.repeat(LONGEST / 35)],
    ['formatting in each word', '**the** ||ferry|| _sails_ ~~again~~ `today` '.repeat(LONGEST / 45)],
    ['lists and headings', '# the ferry sails\n- the ferry sails\n1. the ferry sails\n-# the ferry sails\n'.repeat(50)],
  ])('of %s is answered, shown as it was written', async (_, content) => {
    const found = await findSource(content.slice(0, LONGEST));
    const verdicts = verdictsIn(found);

    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.length).toBeLessThanOrEqual(5);
    const written = content.slice(0, LONGEST).replace(/\s+/g, ' ');
    for (const { claim } of verdicts) expect(written).toContain(claim.replace(/…$/, ''));
    expect(running.fake.pinged(found.id)).toEqual([]);
  });
});

describe('the command is there', () => {
  test('in direct messages', async () => {
    const said = running.fake.sayDirectly({ content: CROSSING });
    await running.fake.answersTo(said.id);

    expect(verdictsIn(await findSourceOf(said))).toEqual([{ verdict: SAME, differs: null, claim: CROSSING }]);
  });

  test.each<Elsewhere>(['guild', 'direct', 'group'])('where only a person has installed the bot: %s', async (where) => {
    const { fake } = running;
    const found = await findSource(CROSSING, { channelId: fake.foreignChannelId(where) });

    expect(verdictsIn(found)).toEqual([{ verdict: SAME, differs: null, claim: CROSSING }]);
  });

  test('and looks in the collections of the channel only', async () => {
    const [, channelId = ''] = running.fake.channelIds;
    await chooseSetting(running, { channelId, setting: 'collections', choices: ['kitchen'] });
    const found = await findSource(FIRST_MEETING, { channelId });

    expect(verdictsIn(found).map(({ verdict }) => verdict)).not.toContain(SAME);
    expect(textOf(found)).not.toContain('The summit in Reykjavik');
  });
});
