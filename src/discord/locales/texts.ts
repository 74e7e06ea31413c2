import i18next, { type i18n } from 'i18next';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { ru } from './ru.js';
import { tr } from './tr.js';
import type { TextKey } from './translation.js';

/** Every text of the bot, by language (ISO 639-1 code). */
export const TRANSLATIONS = { en, de, fr, es, tr, ru } as const;

/** A language the bot speaks, as an ISO 639-1 code. */
export type Language = keyof typeof TRANSLATIONS;

/** The languages the bot speaks, English first. */
export const LANGUAGES = Object.keys(TRANSLATIONS) as readonly Language[];

/** The bot's words in one language. */
export interface Texts {
  readonly language: Language;
  /**
   * Looks up a text and fills in its placeholders. Values go in unescaped, so escape any that did not come from us.
   *
   * @param values `count` also selects the plural form.
   */
  say(key: TextKey, values?: Readonly<Record<string, string | number>>): string;
}

/** One instance for the whole process: the translations never change. */
const translator: i18n = i18next.createInstance();
void translator.init({
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, { translation: TRANSLATIONS[language] }])),
  fallbackLng: 'en',
  initAsync: false,
  // Discord renders no HTML, so nothing is escaped for it. skipOnVariables: placeholders inside a value stay as they
  // are.
  interpolation: { escapeValue: false, skipOnVariables: true },
});

/**
 * The bot's words for a Discord locale, in English if the bot does not speak that language.
 *
 * @param locale As Discord writes it: `de`, `en-GB`, `es-419`. Null means unknown.
 */
export function textsFor(locale: string | null): Texts {
  const language = languageOf(locale) ?? 'en';
  const translate = translator.getFixedT(language);
  return { language, say: (key, values = {}) => translate(key, values) };
}

/** The bot's language for a Discord locale, or null if the bot does not speak it. */
export function languageOf(locale: string | null): Language | null {
  const prefix = locale?.split('-')[0] ?? '';
  return LANGUAGES.find((language) => language === prefix) ?? null;
}
