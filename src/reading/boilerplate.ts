import { countWords } from '../text/words.js';

/** A rule looks at one paragraph, trimmed. Dropping text is worse than keeping noise: each rule needs a short, telling form. */
interface BoilerplateRule {
  readonly name: string;
  /** Longer paragraphs are never this kind of boilerplate. */
  readonly maxWords: number;
  readonly pattern: RegExp;
}

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
    pattern:
      /\b(?:sign(?:ing)? up (?:to|for|now)|subscribe (?:to|now|today|here)|join our (?:telegram|newsletter|channel|whatsapp|mailing|forums?)|follow us (?:on|at)|follow (?:him|her|them|me) on (?:twitter|instagram|facebook|x)\b|find us on|like us on|send us an e-?mail|get our (?:daily|weekly|free)|delivered (?:straight )?to your inbox|download our app)\b/i,
  },
  {
    name: 'call to follow',
    maxWords: 20,
    pattern: /^follow\b.* on (?:instagram|facebook|twitter|youtube|linkedin|telegram|tiktok|x(?: and\b|[.!]?$))/i,
  },
  {
    name: 'how to reach the writer',
    maxWords: 40,
    pattern: /\b(?:reached|contacted|e-?mail(?:ed)?|write to|contact)\b.* (?:at|by|on|via) [^\s@]+@[^\s@]+\.\w/i,
  },
  { name: 'notice of cookies', maxWords: 40, pattern: /^(?:this|our) (?:web)?site uses cookies\b|^we use cookies\b/i },
  {
    name: 'call to stay',
    maxWords: 12,
    pattern: /^(?:[Ss]tay|STAY) (?:[Tt]uned|TUNED|[Cc]onnected|[Uu]p to date|with (?:us\b|\p{Lu}))/u,
  },
  {
    name: 'pointer to another article',
    maxWords: 25,
    pattern:
      /^(?:[Ss]ee also:?|SEE ALSO:?|[Rr]ead also:?|[Aa]lso read:?|(?:Related|Recommended|Read (?:more|next)|More on this|Don['’]t miss):)\s+["“‘]?[\p{Lu}\p{N}]/u,
  },
  {
    name: 'picture credit or caption label',
    maxWords: 40,
    pattern:
      /^\(?(?:image|photo(?:graph)?|picture|file photo|credit|caption|video|graphic|illustration)s?(?: credit| by| courtesy| source)?\s*[:|©]/i,
  },
  {
    name: 'caption with places in the picture',
    maxWords: 60,
    // "(R)" alone is a party or a registered mark.
    pattern: /\((?:\d-)?(?:left|right|cent(?:er|re)|L)\)|\w \((?:\d-)?[RC]\)(?:.*\((?:\d-)?[LRC]\)|[^.!?]*$)/,
  },
  {
    name: 'picture agency',
    maxWords: 14,
    pattern: /(?:[|/–—]|\bvia)\s*(?:AFP|AP|EPA|Reuters|Getty(?: Images)?|Shutterstock|Bloomberg|Associated Press)\)?$/,
  },
  {
    name: 'copyright',
    maxWords: 60,
    pattern:
      /^(?:©|\(c\)|copyright\b)|\ball rights reserved\b|^this (?:document|article|material|work) is subject to copyright\b|may not be (?:published|reproduced), (?:broadcast|rewritten)/i,
  },
  {
    name: 'page clock',
    maxWords: 10,
    pattern:
      /^\d{1,2}:\d{2}\s*(?:[ap]m\s*)?(?:gmt|utc|est|edt|cet|bst|msk)?\s*\d{1,2}(?:st|nd|rd|th)?[ .]\p{L}+[ .,]+\d{4}(?:\s*\(updated:.*\))?$/iu,
  },
  {
    name: 'date of the page',
    maxWords: 14,
    pattern:
      /^(?:(?:last )?(?:updated|modified|posted|published)(?: on)?:?\s+)?(?:\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?)?,?\s*(?:[a-z]{2,4},?)?\s*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s+\d{1,2}(?:st|nd|rd|th)?),?\s+\d{4}(?:,?\s+(?:at\s+)?\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?)?\s*[a-z]{0,4})?$/i,
  },
  { name: 'address of a page', maxWords: 30, pattern: /^https?:\/\/\S+$/ },
  {
    name: 'byline',
    maxWords: 9,
    pattern: /^(?:[Bb]y|BY):?\s+\p{Lu}[\p{L}.'’-]+(?:\s+(?:and\s+)?\p{Lu}[\p{L}.'’-]+)+(?:,.*)?$/u,
  },
  {
    name: 'contributor line',
    maxWords: 14,
    pattern: /^(?:\p{Lu}[\p{L}.'’-]+(?:,? and)?,?\s+){2,8}contributed(?: to this (?:report|article|story))?\.$/u,
  },
];

/** Words without an end mark, after the word "Tags". */
const TAG_LINE = /^(?:tags?|topics?|keywords?|filed under)\b\s*:?\s+[^.!?]*$/i;

const MAX_CHARACTERS = 2000;

/** The name of the rule by which a paragraph is boilerplate whatever stands around it, or null. */
export function boilerplateRule(paragraph: string): string | null {
  // Scraped pages are full of no-break spaces.
  const text = paragraph.replace(/\s+/g, ' ');
  // A page's own lines are short, and some patterns try every beginning.
  if (text.length > MAX_CHARACTERS) return null;
  const words = countWords(text);
  const rule = RULES.find(({ maxWords, pattern }) => words <= maxWords && pattern.test(text));
  if (rule !== undefined) return rule.name;
  if (words >= 3 && TAG_LINE.test(text)) return 'tags';
  if (isKeywordList(text)) return 'keyword list';
  // Rules, stars and dots between sections.
  if (!/[\p{L}\p{N}]/u.test(text)) return 'ornament';
  return null;
}

/** "meeting, Rex Tillerson, US, Russia": five or more short entries, no end mark and no word that a sentence cannot do without. */
function isKeywordList(text: string): boolean {
  const entries = text.split(/,\s+/);
  return (
    entries.length >= 5 &&
    !/[.!?:;"”]/.test(text) &&
    !/\b(?:and|or|the|is|are|was|were|of the|to)\b/i.test(text) &&
    entries.every((entry) => countWords(entry) <= 4)
  );
}
