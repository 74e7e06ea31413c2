// Machines without a screen often lack an emoji font. The emoji that bots use most are drawn here, so that a picture
// looks the same everywhere. All others are left to the machine's fonts.

const YELLOW = '#ffc83d';
const RED = '#e5484d';
const THUMB =
  '<path d="M1.6 9h2.2c.5 0 .8.3.8.8v6.6c0 .5-.3.8-.8.8H1.6z"/><path d="M5.8 9.6c1.7-1.4 2.8-3.3 3.1-5.6.1-1.2.8-2 1.8-2 1.3 0 2.1 1.2 1.9 2.9l-.4 2.7h4c1.2 0 2 .8 2 1.8 0 .6-.2 1-.6 1.3.3.3.5.8.4 1.3-.1.6-.4 1-.8 1.2.2.4.3.8.2 1.2-.1.6-.5 1-1 1.2.1.3.1.6 0 .9-.2.8-.9 1.2-1.8 1.2h-4.3c-1.7 0-3.2-.5-4.5-1.3z"/>';
const LENS =
  '<circle cx="8.2" cy="8.2" r="5.4" fill="#bfe3ff" stroke="#8f9bb3" stroke-width="2"/><path d="m12.6 12.6 5 5" stroke="#8f9bb3" stroke-width="3" stroke-linecap="round"/>';
const QUESTION =
  '<path d="M6.4 7.2c0-2 1.6-3.5 3.7-3.5s3.7 1.4 3.7 3.3c0 2.7-3.6 2.8-3.6 5.5" fill="none" stroke-width="2.6" stroke-linecap="round"/><circle cx="10.1" cy="16.4" r="1.7" stroke="none"/>';

/** SVG elements on a field of 20 × 20. */
const DRAWINGS: Readonly<Record<string, string>> = {
  '👍': `<g fill="${YELLOW}">${THUMB}</g>`,
  '👎': `<g fill="${YELLOW}" transform="matrix(1 0 0 -1 0 20)">${THUMB}</g>`,
  '✅': '<rect x="1.5" y="1.5" width="17" height="17" rx="4" fill="#3ba55d"/><path d="m5.6 10.4 3 3 6-6.6" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>',
  '❌': `<path d="m4 4 12 12M16 4 4 16" stroke="${RED}" stroke-width="3.4" stroke-linecap="round"/>`,
  '⚠': `<path d="M10 2 19 17.5H1z" fill="${YELLOW}" stroke="${YELLOW}" stroke-width="1.6" stroke-linejoin="round"/><path d="M10 7.4v4.8M10 15.2v.1" stroke="#333" stroke-width="2" stroke-linecap="round"/>`,
  '❓': `<g fill="${RED}" stroke="${RED}">${QUESTION}</g>`,
  '❔': `<g fill="#c9cdd6" stroke="#c9cdd6">${QUESTION}</g>`,
  '🟢': '<circle cx="10" cy="10" r="8" fill="#3ba55d"/>',
  '🟡': `<circle cx="10" cy="10" r="8" fill="${YELLOW}"/>`,
  '🟠': '<circle cx="10" cy="10" r="8" fill="#f5a623"/>',
  '🔴': `<circle cx="10" cy="10" r="8" fill="${RED}"/>`,
  '⚪': '<circle cx="10" cy="10" r="8" fill="#dfe3ea"/>',
  '🔶': '<path d="M10 1.6 18.4 10 10 18.4 1.6 10z" fill="#f5a623"/>',
  '🟰': '<path d="M3 7h14M3 13h14" stroke="#c9cdd6" stroke-width="2.8" stroke-linecap="round"/>',
  '🔗': '<g fill="none" stroke="#8f9bb3" stroke-width="2.2" stroke-linecap="round"><path d="M8.6 11.4a3.6 3.6 0 0 0 5.1 0l2.7-2.7a3.6 3.6 0 0 0-5.1-5.1L9.9 5"/><path d="M11.4 8.6a3.6 3.6 0 0 0-5.1 0l-2.7 2.7a3.6 3.6 0 0 0 5.1 5.1l1.4-1.4"/></g>',
  '🗑': '<path d="M3.4 5.4h13.2M8 5.2V3.4h4v1.8M5 5.6l.8 11.6c0 .6.5 1 1.1 1h6.2c.6 0 1.1-.4 1.1-1L15 5.6M8.4 8.6v6.6M11.6 8.6v6.6" fill="none" stroke="#c9cdd6" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>',
  '🔎': `<g transform="matrix(-1 0 0 1 20 0)">${LENS}</g>`,
  '🔍': LENS,
  '🤔': `<circle cx="10" cy="10" r="8.4" fill="${YELLOW}"/><path d="M5.4 6.6c.8-.9 1.9-.9 2.7-.3M11.8 5.2c.9-1 2.3-.9 3 .2M7 12.8c1.6-.7 3.4-.7 5 .2" fill="none" stroke="#5c3a10" stroke-width="1.3" stroke-linecap="round"/><circle cx="7" cy="9" r="1.2" fill="#5c3a10"/><circle cx="13" cy="9" r="1.2" fill="#5c3a10"/>`,
  '📖': '<path d="M10 5.2C7.8 3.6 5 3.2 1.6 3.6v11.8c3.4-.4 6.2 0 8.4 1.6 2.2-1.6 5-2 8.4-1.6V3.6C15 3.2 12.2 3.6 10 5.2z" fill="#f2f3f5" stroke="#5b8def" stroke-width="1.4" stroke-linejoin="round"/><path d="M10 5.2V17" stroke="#5b8def" stroke-width="1.4"/>',
  '💬': '<path d="M3 3h14c.9 0 1.6.7 1.6 1.6v7.8c0 .9-.7 1.6-1.6 1.6H9l-4.4 3.6V14H3c-.9 0-1.6-.7-1.6-1.6V4.6C1.4 3.7 2.1 3 3 3z" fill="#dfe3ea"/><path d="M5.6 8.6h.1M10 8.6h.1M14.4 8.6h.1" stroke="#6a7080" stroke-width="2" stroke-linecap="round"/>',
};

// An emoji may be followed by U+FE0F, which asks to show it as a picture.
const DRAWN = new RegExp(`(${Object.keys(DRAWINGS).join('|')})\ufe0f?`, 'gu');

/** Replaces emoji in HTML by drawings. The text must already be escaped. */
export function drawEmoji(html: string): string {
  return html.replace(
    DRAWN,
    (emoji, name: string) =>
      `<svg class="emoji" viewBox="0 0 20 20" role="img" aria-label="${emoji}">${DRAWINGS[name] ?? ''}</svg>`,
  );
}
