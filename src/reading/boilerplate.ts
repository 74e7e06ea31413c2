import { MONTH_PATTERN, ORDINAL_ENDING, WEEKDAY_PATTERN } from '../text/english.js';
import { countWords } from '../text/words.js';

/**
 * Recognises one kind of boilerplate by the words of a single paragraph. Dropping text of the article is worse than keeping
 * noise, so a rule only covers a short, unmistakable form.
 */
interface BoilerplateRule {
  readonly name: string;
  /** The rule ignores longer paragraphs. */
  readonly maxWords: number;
  readonly pattern: RegExp;
  /** Whether what it recognises may be the text of a manual: an address, a date, where to write to. */
  readonly isOnlyOfNews?: boolean;
}

const CLOCK = '\\d{1,2}:\\d{2}\\s*(?:[ap]\\.?m\\.?)?';
const DAY = `\\d{1,2}${ORDINAL_ENDING}?`;
const MONTH = `${MONTH_PATTERN}\\.?`;
const YEAR = '\\d{4}';
/** "Last updated: 10:15 a.m. GMT, Wed, 19 May 2021", "May 19, 2021 at 10:15". */
const PAGE_DATE = new RegExp(
  `^(?:(?:last )?(?:updated|modified|posted|published)(?: on)?:?\\s+)?(?:${CLOCK},?\\s*(?:[a-z]{2,4},?)?\\s*)?(?:${WEEKDAY_PATTERN},?\\s+)?(?:${DAY}\\s+${MONTH}|${MONTH}\\s+${DAY}),?\\s+${YEAR}(?:,?\\s+(?:at\\s+)?${CLOCK}\\s*[a-z]{0,4})?$`,
  'i',
);

const RULES: readonly BoilerplateRule[] = [
  {
    name: 'page control',
    maxWords: 8,
    pattern:
      /^(?:listen live|listen to this article|get short url|load more|show more|read more|see all\b.*|most (?:popular|read|viewed|shared)|trending(?: now)?|related (?:articles?|stories|posts|topics|news)|recommended(?: for you)?|more (?:stories|news|from)\b.*|up next|leave a (?:reply|comment)|post a comment|community standards.*|discussion|comments?(?: \(\d+\))?|\d+ comments?|share(?: (?:this|on|via)\b.*)?|tweet|print(?: this)?|email this|copy link|advert(?:isement)?s?|sponsored(?: content)?|skip to (?:content|main content)|back to top|menu|home|search|log ?in|sign ?in|watch(?: now| live)|play video|view gallery|previous article|next article|table of contents|close|image \d+ of [/ ]*\d+|this (?:slideshow|video|page) requires javascript)[.:!]?$/i,
  },
  {
    name: 'sign-up or contact line',
    maxWords: 40,
    // A request at the beginning of a sentence. "You can sign up for a card" is an answer.
    pattern:
      /(?:^|[.!?…:|–—»>*-]\s*|\b(?:please|here to|and|or|now to)\s+)(?:sign(?:ing)? up (?:now|today|here|(?:to|for)\b(?=.{0,80}\b(?:our|newsletters?|alerts?|updates|e-?mails?|bulletin|digest|briefing|inbox|channel|free)\b))|subscribe (?:now|today|here|to\b(?=.{0,80}\b(?:our|my|the|newsletter|channel|podcast)\b))|join our (?:telegram|newsletter|channel|whatsapp|mailing|forums?)|follow us (?:on|at)|follow (?:him|her|them|me) on (?:twitter|instagram|facebook|x)\b|find us on|like us on|send us an e-?mail|get our (?:daily|weekly|free)|download our app)\b/i,
  },
  {
    name: 'sign-up or contact line',
    maxWords: 40,
    pattern: /\bdelivered (?:straight |right |directly )?to your inbox\b/i,
  },
  {
    name: 'call to follow',
    maxWords: 20,
    pattern: /^follow\b.* on (?:instagram|facebook|twitter|youtube|linkedin|telegram|tiktok|x(?: and\b|[.!]?$))/i,
  },
  {
    name: 'author contact',
    maxWords: 40,
    isOnlyOfNews: true,
    pattern: /\b(?:reached|contacted|e-?mail(?:ed)?|write to|contact)\b.* (?:at|by|on|via) [^\s@]+@[^\s@]+\.\w/i,
  },
  { name: 'cookie notice', maxWords: 40, pattern: /^(?:this|our) (?:web)?site uses cookies\b|^we use cookies\b/i },
  {
    name: 'call to stay tuned',
    maxWords: 12,
    pattern: /^(?:[Ss]tay|STAY) (?:[Tt]uned|TUNED|[Cc]onnected|[Uu]p to date|with (?:us\b|\p{Lu}))/u,
  },
  {
    name: 'link to another article',
    maxWords: 25,
    isOnlyOfNews: true,
    pattern:
      /^(?:[Ss]ee also:?|SEE ALSO:?|[Rr]ead also:?|[Aa]lso read:?|(?:Related|Recommended|Read (?:more|next)|More on this|Don['’]t miss):)\s+["“‘]?[\p{Lu}\p{N}]/u,
  },
  {
    name: 'photo credit or caption label',
    maxWords: 40,
    isOnlyOfNews: true,
    pattern:
      /^\(?(?:image|photo(?:graph)?|picture|file photo|credit|caption|video|graphic|illustration)s?(?: credit| by| courtesy| source)?\s*[:|©]/i,
  },
  {
    name: 'caption with positions in the photo',
    maxWords: 60,
    isOnlyOfNews: true,
    // "(R)" alone is a political party or a registered trademark.
    pattern: /\((?:\d-)?(?:left|right|cent(?:er|re)|L)\)|\w \((?:\d-)?[RC]\)(?:.*\((?:\d-)?[LRC]\)|[^.!?]*$)/,
  },
  {
    name: 'photo agency',
    maxWords: 14,
    pattern: /(?:[|/–—]|\bvia)\s*(?:AFP|AP|EPA|Reuters|Getty(?: Images)?|Shutterstock|Bloomberg|Associated Press)\)?$/,
  },
  {
    name: 'copyright notice',
    maxWords: 60,
    // "(c)" also numbers the clauses of a contract, so a year or a publisher must follow.
    pattern:
      /^©|^(?:\(c\)|copyright\b)(?=.{0,60}(?:©|\b(?:19|20)\d\d\b|\b(?:inc|ltd|llc|gmbh|press|media|corporation)\b))|^copyright (?:©|\(c\)|by\b|notice$)|\ball rights reserved\b|^this (?:document|article|material|work) is subject to copyright\b|may not be (?:published|reproduced), (?:broadcast|rewritten)/i,
  },
  {
    name: 'copyright notice',
    maxWords: 8,
    pattern: /^Copyright:?(?:\s+(?:\p{Lu}[\p{L}\p{N}.'’&-]*|and|of|&))+[.,]?$/u,
  },
  {
    name: 'page timestamp',
    maxWords: 10,
    isOnlyOfNews: true,
    pattern:
      /^\d{1,2}:\d{2}\s*(?:[ap]m\s*)?(?:gmt|utc|est|edt|cet|bst|msk)?\s*\d{1,2}(?:st|nd|rd|th)?[ .]\p{L}+[ .,]+\d{4}(?:\s*\(updated:.*\))?$/iu,
  },
  {
    name: 'page date',
    maxWords: 14,
    isOnlyOfNews: true,
    pattern: PAGE_DATE,
  },
  { name: 'bare URL', maxWords: 30, isOnlyOfNews: true, pattern: /^https?:\/\/\S+$/ },
  {
    name: 'byline',
    maxWords: 9,
    isOnlyOfNews: true,
    pattern: /^(?:[Bb]y|BY):?\s+\p{Lu}[\p{L}.'’-]+(?:\s+(?:and\s+)?\p{Lu}[\p{L}.'’-]+)+(?:,.*)?$/u,
  },
  {
    name: 'contributor credit',
    maxWords: 14,
    isOnlyOfNews: true,
    pattern: /^(?:\p{Lu}[\p{L}.'’-]+(?:,? and)?,?\s+){2,8}contributed(?: to this (?:report|article|story))?\.$/u,
  },
];

/** "Tags", then words without an end mark. */
const TAG_LINE = /^(?:tags?|topics?|keywords?|filed under)\b\s*:?\s+[^.!?]*$/i;

/** Boilerplate is short, and some patterns take quadratic time: longer paragraphs are not tested. */
const MAX_CHARACTERS = 2000;

/** "…treatmentCredit: EPA", "(AP)", "Photo by A. Person". */
const CAPTION_CREDIT =
  /credits?\s*:|^courtesy of\b|\((?:[^()]{0,60}[/, ])?(?:AP|AFP|EPA|Reuters|Getty Images|Bloomberg|Shutterstock|science photo library)(?: photo)?[^()]{0,40}\)|\b(?:photo(?:graph)?|picture|image)s? (?:by|courtesy|from)\b|\bgetty images\b|\bshutterstock\b|[|/©]\s*(?:AP|AFP|EPA|Reuters|Getty)\b/i;

/**
 * Decides whether a paragraph of a web page is boilerplate, by its own words only.
 *
 * @param paragraph Without whitespace at either end.
 * @param isNews Whether the page is news or a blog post. On any other page, a date or an address may be what is looked for.
 * @returns The name of the rule that recognises it, or null if it is not boilerplate.
 */
export function boilerplateRule(paragraph: string, isNews = true): string | null {
  // Scraped pages are full of no-break spaces.
  const text = paragraph.replace(/\s+/g, ' ');
  if (text.length > MAX_CHARACTERS) return null;
  const words = countWords(text);
  const rule = RULES.find(
    ({ maxWords, isOnlyOfNews, pattern }) => words <= maxWords && (isNews || !isOnlyOfNews) && pattern.test(text),
  );
  if (rule !== undefined) return rule.name;
  if (isNews && words >= 3 && TAG_LINE.test(text)) return 'tags';
  if (isNews && isKeywordList(text)) return 'keyword list';
  // Lines, stars and dots between sections.
  if (!/[\p{L}\p{N}]/u.test(text)) return 'ornament';
  return null;
}

/** Decides whether the caption of a picture or a table is boilerplate: a photo's caption that credits it. */
export function captionRule(caption: string): string | null {
  const text = caption.replace(/\s+/g, ' ');
  if (text.length > MAX_CHARACTERS) return null;
  return CAPTION_CREDIT.test(text) ? 'photo credit' : boilerplateRule(caption);
}

/** "meeting, Rex Tillerson, US, Russia": five or more short phrases, no end mark, and none of the small words sentences need. */
function isKeywordList(text: string): boolean {
  const phrases = text.split(/,\s+/);
  return (
    phrases.length >= 5 &&
    !/[.!?:;"”]/.test(text) &&
    !/\b(?:and|or|the|is|are|was|were|of the|to)\b/i.test(text) &&
    phrases.every((phrase) => countWords(phrase) <= 4)
  );
}
