import i18next, { type i18n } from 'i18next';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { ru } from './ru.js';
import { tr } from './tr.js';
import type { TextKey } from './translation.js';

/** What the bot speaks, by ISO 639-1 code. */
export const TRANSLATIONS = { en, de, fr, es, tr, ru } as const;
export type Language = keyof typeof TRANSLATIONS;

export const LANGUAGES = Object.keys(TRANSLATIONS) as readonly Language[];

/** The bot's words in one language. */
export interface Texts {
  readonly language: Language;
  /** The text of a key. Values stand in it as they are given: what is not ours must have been escaped. @param values `count` chooses the plural. */
  say(key: TextKey, values?: Readonly<Record<string, string | number>>): string;
}

/** Made once for the process: the translations are constants. */
const translator: i18n = i18next.createInstance();
void translator.init({
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, { translation: TRANSLATIONS[language] }])),
  fallbackLng: 'en',
  initAsync: false,
  // Discord shows no HTML. Values are never searched for placeholders or references of their own (skipOnVariables).
  interpolation: { escapeValue: false, skipOnVariables: true },
});

/** @param locale As Discord writes it: `de`, `en-GB`, `es-419`. A language that the bot does not speak is answered in English. */
export function textsFor(locale: string | null): Texts {
  const language = languageOf(locale) ?? 'en';
  const translate = translator.getFixedT(language);
  return { language, say: (key, values = {}) => translate(key, values) };
}

/** The bot's language for a locale of Discord's, or null where it does not speak it. */
export function languageOf(locale: string | null): Language | null {
  const language = locale?.split('-')[0] ?? '';
  return LANGUAGES.find((one) => one === language) ?? null;
}
