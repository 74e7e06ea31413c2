/** What is left of a message without the marks of a chat, and what it had. */
export interface WithoutMarks {
  /** The text, with single spaces. A line break stands where something was left out, so that "hi <@1> who …" still shows where the greeting ends. */
  readonly text: string;
  readonly hadLink: boolean;
  readonly hadEmoji: boolean;
}

/** As Discord writes them: mentions of people, roles and channels; commands; times; links to its own pages. */
export const MENTION =
  /<(?:@[!&]?\d{1,25}|#\d{1,25}|\/[^<>\n]{1,120}:\d{1,25}|t:-?\d{1,20}(?::[a-zA-Z])?|id:\w{1,20})>/g;
/** A mention of everyone, or of everyone who is online. */
export const EVERYONE = /(?<![\p{L}\p{N}])@(?:everyone|here)\b/gu;

/** An emoji of a server. */
export const CUSTOM_EMOJI = /<a?:\w{1,40}:\d{1,25}>/g;
/** An emoji with its skin tone and what is joined to it; a flag; a key. ©, ® and ™ are text. */
const EMOJI =
  /(?![©®™])\p{Extended_Pictographic}[\uFE0F\uFE0E\p{Emoji_Modifier}]*(?:\u200D\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]*)*|\p{Regional_Indicator}+|[0-9#*]\uFE0F?\u20E3/gu;
/** `[text](address)`: the text stays. */
const MASKED_LINK = /\[([^[\]\n]{1,300})\]\(<?[^()\s<>]{1,1000}>?(?:[ \t]+"[^"\n]{0,200}")?\)/g;
/** A link, without the punctuation of the sentence behind it. */
const LINK = /<?\b(?:https?:\/\/|www\.)[^\s<>]*[^\s<>.,;:!?'")\]}*_~|]>?/gi;

/** Marks in pairs: code, spoilers, bold, struck, underlined, italic. What they mark stays. */
const PAIRS = [
  /(?<!`)(`{1,2})(?!`)([^`\n]{1,500})\1(?!`)/g,
  /(\|\|)(?=\S)([^|\n]{1,500})\|\|/g,
  /(?<![\p{L}\p{N}*\\])(\*{1,3})(?=[^\s*])([^*\n]{1,500})(?<=\S)\1(?![\p{L}\p{N}*])/gu,
  /(?<![~\\])(~~)(?=[^\s~])([^~\n]{1,500})~~(?!~)/g,
  /(?<![\p{L}\p{N}_\\])(_{1,3})(?=[^\s_])([^_\n]{1,500})(?<=\S)\1(?![\p{L}\p{N}_])/gu,
];

/** Heading marks and small print at the start of a line. */
const LINE_MARKS = /^[ \t]*(?:#{1,3}|-#)[ \t]+(?=\S)/gm;

/**
 * Removes what a chat shows instead of text: mentions, emoji, links, and the marks of bold, code and spoilers.
 *
 * @param keepsLinks Whether addresses stay, because without them nothing would be left to ask.
 */
export function withoutChatMarks(prose: string, { keepsLinks = false } = {}): WithoutMarks {
  const emphasised = PAIRS.reduce(
    (text, pattern) => text.replace(pattern, '$2'),
    collapse(prose).replace(MASKED_LINK, '$1'),
  );
  const unlinked = keepsLinks ? emphasised : emphasised.replace(LINK, '\n');
  const unmentioned = unlinked.replace(MENTION, '\n').replace(EVERYONE, '\n');
  const plain = withoutShortcodes(unmentioned.replace(CUSTOM_EMOJI, '\n').replace(EMOJI, '\n'));
  return {
    text: tidy(plain.replace(LINE_MARKS, '')),
    hadLink: unlinked !== emphasised,
    hadEmoji: plain !== unmentioned,
  };
}

/** Removes the brackets and the punctuation that stood around what was left out. */
function tidy(text: string): string {
  return collapse(collapse(text).replace(/[([]\n[)\]]/g, '\n'))
    .trim()
    .replace(/\n(?=[?!.,;:)])/g, '')
    .replace(/^(?:[,;:.!–—-]+\s+)+/, '');
}

/** Makes one space of several, and one line break of several with the spaces around them. */
function collapse(text: string): string {
  return text.replace(/[^\S\n]+/g, ' ').replace(/ ?\n(?: ?\n)* ?/g, '\n');
}

/** ":tada:", ":-)", "<3". */
const SHORTCODE = /^(?:(?::[a-z0-9_+-]{2,32}:)+|[:;=][-'^]?[)(\][DPO3/|]{1,5}|<3|\^\^)$/i;

/** Removes emoji in letters at either end of a line. Inside, they can be what is asked about: "How do I use :ref: here?". */
function withoutShortcodes(text: string): string {
  return text.split('\n').map(withoutShortcodesAtEnds).join('\n');
}

function withoutShortcodesAtEnds(line: string): string {
  const words = line.split(' ');
  const isText = words.map((word) => word !== '' && !SHORTCODE.test(word));
  const kept = words.slice(Math.max(0, isText.indexOf(true)), isText.lastIndexOf(true) + 1).join(' ');
  return words.some((word) => SHORTCODE.test(word)) ? kept : line;
}
