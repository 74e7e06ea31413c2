import { Locale } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { type ChannelSettings, OWN_WORDS } from '../../../src/community/setting-values.js';
import { scriptName } from '../../../src/discord/cards/note-text.js';
import { choicesOf, SHOWN_SETTINGS, type ShownSetting } from '../../../src/discord/cards/setting-choices.js';
import type { Language } from '../../../src/discord/locales/texts.js';
import { LANGUAGES, TRANSLATIONS, textsFor } from '../../../src/discord/locales/texts.js';
import type { TextKey } from '../../../src/discord/locales/translation.js';
import { MAX_COMMAND_CHARACTERS, NAME_PATTERN } from '../fake/checks/command-rules.js';

const OTHERS = LANGUAGES.filter((language) => language !== 'en');

const PLURAL_ENDING = /_(zero|one|two|few|many|other)$/;

/** Every text of a language by its key. */
const TEXTS = Object.fromEntries(LANGUAGES.map((language) => [language, textsIn(TRANSLATIONS[language])])) as Record<
  Language,
  Readonly<Record<string, string>>
>;

function textsIn(tree: object, path: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, inner]: [string, unknown]) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(textsIn(inner, [...path, key]))
        : [[[...path, key].join('.'), String(inner)]],
    ),
  );
}

function pluralsOf(language: Language): readonly string[] {
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories;
}

function withoutPlural(key: string): string {
  return key.replace(PLURAL_ENDING, '');
}

/** The keys that `say` accepts: without plural endings, and without the names and descriptions of commands. */
const SAID = [...new Set(Object.keys(TEXTS.en).map(withoutPlural))].filter((key) => !key.startsWith('commands.'));

/** The plural form of a text for a number. */
function formOf(language: Language, key: string, count: number): string {
  const plural = `${key}_${new Intl.PluralRules(language).select(count)}`;
  return TEXTS[language][plural] ?? TEXTS[language][key] ?? '';
}

function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name))].toSorted();
}

describe.each(OTHERS)('%s', (language) => {
  test('has the same texts as English, in each of its plural forms', () => {
    const wanted = Object.keys(TEXTS.en).flatMap((key) =>
      PLURAL_ENDING.test(key) ? pluralsOf(language).map((plural) => `${withoutPlural(key)}_${plural}`) : [key],
    );

    expect(Object.keys(TEXTS[language]).toSorted()).toEqual([...new Set(wanted)].toSorted());
  });

  test('has the same placeholders as English', () => {
    const differing = Object.entries(TEXTS[language]).filter(([key, text]) => {
      const said = placeholdersIn(text);
      const english = placeholdersIn(TEXTS.en[`${withoutPlural(key)}_other`] ?? TEXTS.en[key] ?? '');
      // "Once" needs no number in a language that uses this form only for 1.
      if (key.endsWith('_one') && isOnlyForOne(language) && !said.includes('count')) said.unshift('count');
      return said.toSorted().join() !== english.join();
    });

    expect(differing).toEqual([]);
  });

  test('is translated', () => {
    const same = Object.entries(TEXTS[language])
      .filter(([key, text]) => text === TEXTS.en[key] && wordsIn(text) !== '')
      .map(([key]) => key);

    expect(same).toEqual(SAME_AS_ENGLISH[language]);
  });

  test('names commands and options as Discord shows them in this language', () => {
    const named = Object.entries(TEXTS[language]).map(([key, text]) => [key, namedIn(text, language)]);
    const english = Object.keys(TEXTS[language]).map((key) => [
      key,
      namedIn(TEXTS.en[key] ?? TEXTS.en[`${withoutPlural(key)}_other`] ?? '', 'en'),
    ]);

    expect(named).toEqual(english);
  });
});

/** Whether a language uses its form for 1 only for 1. Russian, for example, uses it for 21 too. */
function isOnlyForOne(language: Language): boolean {
  const rules = new Intl.PluralRules(language);
  return Array.from({ length: 1000 }, (_, index) => index + 2).every((count) => rules.select(count) !== 'one');
}

/** The letters of a text, without placeholders and the name of the bot. */
function wordsIn(text: string): string {
  return text.replace(/{{\w+}}|Footnote/g, '').replace(/[^\p{L}]/gu, '');
}

/** The texts that are the same words in both languages. */
const SAME_AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  de: ['commands.settings.options.server.name', 'commands.gaps.options.export.name', 'commands.status.name'],
  fr: [
    'commands.ask.options.question.name',
    'commands.ask.options.article.name',
    'commands.cite.options.passage.name',
    'commands.cite.options.note.name',
    'commands.sources.name',
    'commands.article.name',
    'commands.article.options.article.name',
    'commands.pin.options.add.options.question.name',
    'commands.pin.options.add.options.passage.name',
    'commands.pin.options.remove.options.question.name',
    'commands.remove.options.article.name',
    'answer.onPage',
    'sources.heading_one',
    'sources.heading_other',
    'sources.passages_one',
    'sources.passages_other',
    'forgetMe.votes_one',
    'forgetMe.votes_other',
    'forgetMe.questions_one',
    'forgetMe.questions_other',
    'settings.collections',
    'status.articles_one',
    'status.articles_other',
    'setup.forums',
  ],
  es: [],
  tr: [],
  ru: [],
};

/** What is in backticks, with commands and options by their keys. */
function namedIn(text: string, language: Language): string[] {
  const commands = Object.entries(TRANSLATIONS[language].commands).filter(([, command]) => 'description' in command);
  const keyOf = (entries: readonly (readonly [string, { readonly name: string }])[], name: string): string => {
    const found = entries.find(([, named]) => named.name === name);
    if (found === undefined) throw new Error(`There is no “${name}” in ${language}: ${text}`);
    return found[0];
  };
  const optionsOf = (key: string): [string, { readonly name: string }][] => {
    const command = commands.find(([one]) => one === key)?.[1];
    return command !== undefined && 'options' in command ? Object.entries(command.options) : [];
  };
  const quoted = [...text.matchAll(/`([^`]*)`/g)].map(([, inner = '']) => inner);
  const mentioned = quoted.flatMap((one) => {
    const name = /^\/(\S+)/.exec(one)?.[1];
    return name === undefined ? [] : [keyOf(commands, name)];
  });
  const named = quoted.map((one) =>
    one
      .replace(/^\/(\S+)/, (_, name: string) => `/${keyOf(commands, name)}`)
      .replace(/([^\s:]+)(?=: True$)/, (name) => keyOf(mentioned.flatMap(optionsOf), name)),
  );
  return named.toSorted();
}

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const texts = TEXTS[language];
  const commands = Object.values(TRANSLATIONS[language].commands);
  const slash = commands.filter((command) => 'description' in command);

  test('have names for commands and options that Discord allows, each only once', () => {
    const optionNames = slash.map((command) =>
      'options' in command ? Object.values(command.options).map(({ name }) => name) : [],
    );
    const names = slash.map(({ name }) => name);
    const wrong = [...names, ...optionNames.flat()].filter(
      (name) => !NAME_PATTERN.test(name) || name !== name.toLowerCase(),
    );

    expect(wrong).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    for (const own of optionNames) expect(new Set(own).size).toBe(own.length);
  });

  test('fit where they are shown', () => {
    const tooLong = Object.entries(texts).filter(
      ([key, text]) => text.length < 1 || text.length > maxCharactersOf(key),
    );

    expect(tooLong).toEqual([]);
  });

  test('of the settings fit into their lists', () => {
    const inherited: Partial<ChannelSettings> = { answers: true, replyPlace: 'private', keptDays: 90 };
    const labels = (Object.values(SHOWN_SETTINGS) as ShownSetting[]).flatMap((setting) =>
      choicesOf(setting, {
        own: undefined,
        inherited: inherited[setting.name] ?? null,
        isFromCategory: false,
        isServer: false,
        collections: [],
        texts: textsFor(language),
      }),
    );

    expect(labels.map(({ label }) => label).filter((label) => label.length > 100)).toEqual([]);
    expect(labels).not.toEqual([]);
  });

  test('have bold marks and backticks in pairs', () => {
    const unpaired = Object.entries(texts).filter(
      ([, text]) => text.split('**').length % 2 === 0 || text.split('`').length % 2 === 0,
    );
    expect(unpaired).toEqual([]);
  });

  test('show values as they are, even if they look like placeholders or HTML', () => {
    const said = textsFor(language);
    for (const key of SAID) {
      for (const count of [0, 1, 2, 5, 21, 1_000_000]) {
        const form = formOf(language, key, count);
        const values = Object.fromEntries(
          placeholdersIn(formOf('en', key, 2)).map((name, index) => [name, HOSTILE[(index + count) % HOSTILE.length]]),
        ) as Record<string, string>;
        const shown = form.replace(/{{(\w+)}}/g, (_, name: string) =>
          name === 'count' ? String(count) : String(values[name]),
        );

        expect(said.say(key as TextKey, { ...values, count })).toBe(shown);
      }
    }
  });
});

/** The maximum length of a text. */
function maxCharactersOf(key: string): number {
  if (key === 'commands.answerThis.name' || key === 'commands.findTheSource.name') return 32;
  if (key.endsWith('.description')) return 100;
  // The form for a server's own words has labels, and explanations of what can be typed.
  if (key === 'settings.groupWords' || OWN_WORDS.some((name) => key === `settings.${name}`)) return 45;
  if (OWN_WORDS.some((name) => key === `words.${name}`)) return 100;
  return key.startsWith('buttons.') ? 40 : 1000;
}

const HOSTILE = [
  '$t(answer.undated)',
  '{{x}}',
  '{{read}} {{question}} {{count}} {{words}}',
  '__proto__',
  'constructor',
  '$& $1 $` $$',
  '<b>&amp;</b> "\'',
  '}} {{',
  '{{- undated}}',
  '',
];

test('no command has more characters than Discord allows, counting the longest of all languages', () => {
  const lengths = (Object.keys(TRANSLATIONS.en.commands) as (keyof typeof TRANSLATIONS.en.commands)[]).map(
    (command) => {
      const all = LANGUAGES.map((language) => textsIn(TRANSLATIONS[language].commands[command]));
      const longest = Object.keys(all[0] ?? {}).map((key) => Math.max(...all.map((texts) => texts[key]?.length ?? 0)));
      return longest.reduce((sum, length) => sum + length, 0);
    },
  );

  expect(Math.max(...lengths)).toBeLessThanOrEqual(MAX_COMMAND_CHARACTERS);
});

test('French punctuation follows a non-breaking space', () => {
  const loose = Object.entries(TEXTS.fr).filter(
    // Discord shows options with a colon without a space.
    ([, text]) => / [:;?!%»]|« |[^\u00a0:][;?!»]|«[^\u00a0]/.test(text),
  );

  expect(loose).toEqual([]);
});

test.each([
  [0, '0 голосов'],
  [1, '1 голос'],
  [2, '2 голоса'],
  [5, '5 голосов'],
  [11, '11 голосов'],
  [21, '21 голос'],
  [100, '100 голосов'],
  [102, '102 голоса'],
])('counts votes in Russian: %i is “%s”', (count, shown) => {
  expect(textsFor('ru').say('forgetMe.votes', { count })).toBe(shown);
});

test.each([
  ['fr', 0, '0 vote'],
  ['fr', 1_000_000, '1000000 votes'],
  ['es-419', 0, '0 votos'],
  ['de', 0, '0 Stimmen'],
  ['tr', 5, '5 oy'],
  ['ja', 1, '1 vote'],
])('counts votes in %s: %i is “%s”', (locale, count, shown) => {
  expect(textsFor(locale).say('forgetMe.votes', { count })).toBe(shown);
});

test('every locale of Discord is answered in its language, or in English if the bot does not speak it', () => {
  const spoken = Object.values(Locale).map((locale) => [locale, textsFor(locale).language] as const);

  expect(Object.fromEntries(spoken.filter(([, language]) => language !== 'en'))).toEqual({
    de: 'de',
    fr: 'fr',
    'es-ES': 'es',
    'es-419': 'es',
    tr: 'tr',
    ru: 'ru',
  });
  expect(textsFor('en-GB').language).toBe('en');
});

test.each([null, '', '-', 'xx', 'pt-BR', 'sv-SE', 'den', '__proto__', 'constructor', 'toString'])(
  'somebody with the locale %j is answered in English',
  (locale) => {
    const texts = textsFor(locale);

    expect(texts.language).toBe('en');
    expect(texts.say('answer.undated')).toBe(TRANSLATIONS.en.answer.undated);
  },
);

test.each([
  ['en', 'Latin', 'Cyrillic'],
  ['de', 'Lateinisch', 'Kyrillisch'],
  ['fr', 'latin', 'cyrillique'],
  ['ru', 'латиница', 'кириллица'],
])('in %s the scripts are called %s and %s', (locale, latin, cyrillic) => {
  expect(scriptName('Latin', textsFor(locale))).toBe(latin);
  expect(scriptName('Cyrillic', textsFor(locale))).toBe(cyrillic);
});
