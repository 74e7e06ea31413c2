import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { TRANSLATIONS } from '../../../src/discord/locales/texts.js';
import { writeSeed, writeSeeds } from '../bot/seeds.js';
import { choose, openSettings } from '../bot/settings-card.js';
import { quotesIn, textOf } from '../bot/shown-message.js';
import { readEscaped } from '../bot/shown-text.js';
import { useBot } from '../bot/use-bot.js';
import type { Elsewhere } from '../fake/world/channels.js';

const FIRST_MEETING =
  'Antony Blinken and Sergey Lavrov met for the first time in the Harpa concert hall in Reykjavik on Wednesday.';
const CROSSING = 'The crossing to the island takes forty minutes and costs three crowns.';
const UNHEARD_OF = 'The printer on the second floor has been out of toner since Monday.';
/** Too short to be looked up. */
const GREETING = 'Hello there!';

const SAME = '🟰 **Says the same thing**';
const RELATED = '🔗 **Related**';
const NOTHING = '⚪ **Nothing found**';
const NO_TEXT = 'That message contains no sentence I can look up.';

/** The longest message that Discord allows, for subscribers. */
const LONGEST = 4_000;

/** The passages of an article, each below a heading. Its title, publisher and link would fill a whole message. */
const ANNALS = [
  'Glass blowers of the southern valley melted green bottles from river sand and the ash of beech trees until the great fire in the last winter of the war.',
  'Two widows founded a school of music in the tower of the old mint and taught the violin to the children of the miners every Sunday after church.',
  'Astronomers on the western ridge counted forty meteors in a single night of August and wrote each meteor down in a ledger of thick brown paper.',
  'Convicts laid the railway to the salt works in three hot summers, and everybody in the town called the first engine on the line the Grey Goose.',
  'Beekeepers in the northern villages moved all the hives by barge every spring, because the clover on the banks flowered earlier than in the hills.',
];

/** Words that would judge whether something is true, in the languages of the bot. */
const JUDGING = {
  en: /\b(?:un)?true\b|\bfalse\b|\btruth|\bcorrect|\bincorrect|\bwrong|\bright\b|\blie[sd]?\b|\bproved|\bverified|\bdebunk/i,
  de: /\b(?:un)?wahr\b|\bfalsch|\brichtig|\bwahrheit|\bgelogen|\blüge|\bbewiesen|\bwiderlegt|\bkorrekt/i,
  fr: /\bvraie?s?\b|\bfaux\b|\bfausses?\b|\bvérité|\bcorrecte?s?\b|\bmensonge|\bprouvé/i,
  es: /\bverdad|\bcierto|\bfals[oa]s?\b|\bcorrect[oa]|\bmentira/i,
  tr: /(?<!\p{L})(?:doğru|yanlış|yalan|gerçek)/iu,
  ru: /(?<!\p{L})(?:правда|правд|верно|ложь|ложн|неверн|правильн)/iu,
} as const satisfies Record<keyof typeof TRANSLATIONS, RegExp>;

const bot = useBot({
  seeds: (folder) => {
    writeSeeds(folder);
    writeSeed(
      folder,
      'long/annals.md',
      `---
title: "${'Annals *of* the [valley] and of all its people '.repeat(6)}"
publisher: "${'The *Quay* Press and Sons '.repeat(6)}"
url: https://example.org/${'path/'.repeat(80)}
---

${ANNALS.map((passage, index) => `## Year ${index + 1}\n\n${passage}`).join('\n\n')}
`,
    );
  },
});

/** Says something and uses the command on it. */
async function findSource(content: string, where: { readonly channelId?: string } = {}): Promise<APIMessage> {
  const said = bot.fake.say({ content, authorId: bot.fake.otherReader.id, ...where });
  return findSourceOf(said);
}

/** Uses the command on a message, and expects an answer that only the person who used it sees. */
async function findSourceOf({ id }: APIMessage): Promise<APIMessage> {
  const found = await bot.fake.useMessageCommand({ name: 'Find the source', targetId: id }).response();
  expect(found.flags).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
  return found;
}

/** The verdicts in an answer, each with the claim as people read it. */
function verdictsIn(message: APIMessage): { verdict: string; differs: string | null; claim: string }[] {
  const lines = textOf(message).split('\n');
  return lines.flatMap((line) => {
    const [, verdict, , differs, claim] = /^(\S+ \*\*[^*]+\*\*)( \((.+?)\))?: “(.*)”$/.exec(line) ?? [];
    if (verdict === undefined || claim === undefined) return [];
    return [{ verdict, differs: differs ?? null, claim: readEscaped(claim) }];
  });
}

function quotesOf(message: APIMessage): string[] {
  return quotesIn(message).map(({ text }) => text);
}

describe('the verdict on a sentence', () => {
  test('is that an article says the same, with the passage and its source', async () => {
    const found = await findSource(FIRST_MEETING);

    expect(verdictsIn(found)).toEqual([{ verdict: SAME, differs: null, claim: FIRST_MEETING }]);
    expect(quotesOf(found)).toEqual([FIRST_MEETING]);
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
  ])('is that an article says something related, and what differs: %s', async (differs, claim, quote) => {
    const found = await findSource(claim);

    expect(verdictsIn(found)).toEqual([{ verdict: RELATED, differs, claim }]);
    expect(quotesOf(found)).toEqual([quote]);
  });

  test('is that no article says anything about it', async () => {
    const found = await findSource(UNHEARD_OF);

    expect(verdictsIn(found)).toEqual([{ verdict: NOTHING, differs: null, claim: UNHEARD_OF }]);
    expect(quotesOf(found)).toEqual([]);
  });

  test('is given for each sentence, in the order of the message', async () => {
    const found = await findSource(`${GREETING} ${CROSSING} ${UNHEARD_OF}\n${FIRST_MEETING}`);

    expect(verdictsIn(found).map(({ verdict, claim }) => [verdict, claim])).toEqual([
      [SAME, CROSSING],
      [NOTHING, UNHEARD_OF],
      [SAME, FIRST_MEETING],
    ]);
    expect(quotesOf(found)).toEqual([CROSSING, FIRST_MEETING]);
    expect(textOf(found)).not.toContain('not looked up');
  });

  test('is given for a sentence on its own if its pronoun refers to something within it', async () => {
    const found = await findSource(`${CROSSING} My router has lost its password again this morning.`);

    expect(verdictsIn(found).map(({ verdict }) => verdict)).toEqual([SAME, NOTHING]);
  });

  test('is given for up to five sentences, with the number of the rest', async () => {
    const six = await findSource(`${ANNALS.join(' ')} ${CROSSING}`);
    const ten = await findSource([...ANNALS, ...ANNALS].join('\n'));

    expect(verdictsIn(six).map(({ claim }) => claim)).toEqual(ANNALS);
    expect(textOf(six)).toContain('1 more sentence was not looked up.');
    expect(textOf(ten)).toContain('5 more sentences were not looked up.');
  });

  test('comes with a quote for each sentence, however long the sources are', async () => {
    const found = await findSource(ANNALS.join('\n'));

    expect(verdictsIn(found)).toEqual(ANNALS.map((claim) => ({ verdict: SAME, differs: null, claim })));
    expect(quotesOf(found)).toEqual(ANNALS);
  });

  test('comes with a quote for each sentence, even if the sentences are long', async () => {
    const long = ANNALS.map((claim) => claim.replace('.', `, and so on and so on${' *and so on*'.repeat(8)}.`));
    const found = await findSource(long.join('\n'));

    expect(verdictsIn(found)).toHaveLength(5);
    expect(quotesOf(found)).toHaveLength(5);
    for (const quote of quotesOf(found)) expect(ANNALS).toContain(quote);
  });

  test('never says whether it is true', async () => {
    for (const content of [FIRST_MEETING, UNHEARD_OF, 'The crossing to the island takes fifty minutes.']) {
      const found = await findSource(content);

      expect(textOf(found)).toContain('This shows what the articles say. It is not a fact check.');
      expect(textOf(found)).not.toMatch(JUDGING.en);
    }
  });

  test.each(Object.keys(JUDGING) as (keyof typeof JUDGING)[])(
    'never says whether it is true, in any text in %s',
    (language) => {
      const { claims, commands } = TRANSLATIONS[language];

      for (const text of [...Object.values(claims), commands.findTheSource.name])
        expect(text).not.toMatch(JUDGING[language]);
    },
  );
});

describe('a message without a sentence is refused with the reason:', () => {
  test.each([
    ['just an image', ''],
    ['just a link', 'https://example.org/2021/reykjavik?a=b#c'],
    ['just links', '<https://example.org/a> [x](https://example.org/b)\nwww.example.org'],
    ['just two words', 'Not again!'],
    ['just emoji', '🦓🦓🦓 🦓 🦓'],
    ['just a mention', '@everyone'],
    ['just code', '```\nThe crossing to the island takes forty minutes.\n```'],
    ['just invisible characters', '\u200b \u200b \u2060 \ufeff'],
  ])('%s', async (_, content) => {
    expect(textOf(await findSource(content))).toBe(NO_TEXT);
  });
});

describe('a malicious message', () => {
  test.each([
    ['formatting marks', '**||_~`'.repeat(LONGEST / 7)],
    ['brackets', '[['.repeat(LONGEST / 2)],
    ['quote marks', '> '.repeat(LONGEST / 2)],
  ])('with only %s is refused', async (_, content) => {
    expect(textOf(await findSource(content.slice(0, LONGEST)))).toBe(NO_TEXT);
  });

  test.each([
    ['hundreds of sentences', 'a b c.\n'.repeat(LONGEST / 7)],
    ['one endless word', `${'x'.repeat(LONGEST - 8)} is here`],
    ['one endless sentence', 'the ferry sails and '.repeat(LONGEST / 20)],
    [
      'half an emoji at the end',
      'the zebra is 🦓 '
        .repeat(LONGEST / 16)
        .padEnd(LONGEST - 1, 'x')
        .concat('🦓'),
    ],
    ['mentions of everyone', '@everyone and @here are all asked. '.repeat(LONGEST / 35)],
    ['formatting on each word', '**the** ||ferry|| _sails_ ~~again~~ `today` '.repeat(LONGEST / 45)],
    ['lists and headings', '# the ferry sails\n- the ferry sails\n1. the ferry sails\n-# the ferry sails\n'.repeat(50)],
  ])('with %s is answered, and shown as it was written', async (_, content) => {
    const found = await findSource(content.slice(0, LONGEST));
    const verdicts = verdictsIn(found);

    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.length).toBeLessThanOrEqual(5);
    const written = content.slice(0, LONGEST).replace(/\s+/g, ' ');
    for (const { claim } of verdicts) expect(written).toContain(claim.replace(/…$/, ''));
    expect(bot.fake.pinged(found.id)).toEqual([]);
  });
});

describe('the command', () => {
  test('works in direct messages', async () => {
    const said = bot.fake.sayDirectly({ content: CROSSING });
    await bot.fake.answersTo(said.id);

    expect(verdictsIn(await findSourceOf(said))).toEqual([{ verdict: SAME, differs: null, claim: CROSSING }]);
  });

  test.each<Elsewhere>(['guild', 'direct', 'group'])(
    'works where only a person has installed the bot: %s',
    async (where) => {
      const { fake } = bot;
      const found = await findSource(CROSSING, { channelId: fake.foreignChannelId(where) });

      expect(verdictsIn(found)).toEqual([{ verdict: SAME, differs: null, claim: CROSSING }]);
    },
  );

  test('searches only the collections of the channel', async () => {
    const [, channelId = ''] = bot.fake.channelIds;
    await choose(bot.fake, await openSettings(bot.fake, { channel: channelId }), 'collections', 'kitchen');
    const found = await findSource(FIRST_MEETING, { channelId });

    expect(verdictsIn(found).map(({ verdict }) => verdict)).not.toContain(SAME);
    expect(textOf(found)).not.toContain('The summit in Reykjavik');
  });
});
