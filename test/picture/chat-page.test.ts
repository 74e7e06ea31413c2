import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ButtonStyle, ComponentType, MessageFlags, MessageType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { userPayload } from '../discord/fake/payloads/guild-payloads.js';
import { renderChat } from './chat-page.js';
import { PAGE_WIDTH } from './chat-style.js';
import { renderChatAsText } from './chat-text.js';
import { findBrowser, takeScreenshot } from './screenshot.js';
import type { ChatOptions, ShownMessage } from './shown-message.js';

const FOOTNOTE = userPayload('2', 'footnote', true);
const GRACE = userPayload('1', 'grace');
const NAMES = { '2': 'Footnote' };

const question = said({ id: '10', author: GRACE, content: '<@2> Where were **Griner** and Bout exchanged?' });

const button = (label: string, more: object = {}) => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  custom_id: label,
  label,
  ...more,
});
const row = (...components: object[]) => ({ type: ComponentType.ActionRow, components });
const text = (content: string) => ({ type: ComponentType.TextDisplay, content });

const answer = said({
  id: '11',
  flags: MessageFlags.IsComponentsV2,
  command: '/ask',
  interaction_metadata: { id: '5', type: 2, user: GRACE, authorizing_integration_owners: {} },
  components: [
    {
      type: ComponentType.Container,
      accent_color: 0x2f9e5b,
      components: [
        text('-# grace asked: “Where were Griner and Bout exchanged?”'),
        text('✅ **Answered** · 85% sure'),
        { type: ComponentType.Separator },
        text(
          '> On 8 December 2022 **Griner** and **Bout** were swapped on the tarmac at Abu Dhabi.\n**1** **Paul Whelan, Brittney Griner and Viktor Bout** · Footnote samples · [Read it there](<https://example.org/a#:~:text=On%208>)',
        ),
        row(button('◀', { disabled: true }), button('▶'), button('Why this?')),
        row(button('3', { emoji: { name: '👍' } }), button('Remove', { style: ButtonStyle.Danger })),
      ],
    },
  ],
});

/** A message of the bot, with only the fields that a test needs. */
function said(parts: Readonly<Record<string, unknown>>): ShownMessage {
  return { author: FOOTNOTE, timestamp: '2026-11-21T14:07:00.000Z', ...parts };
}

function pageOf(parts: Readonly<Record<string, unknown>>, options: ChatOptions = {}): string {
  const page = renderChat([said(parts)], { names: NAMES, ...options });
  return page.slice(page.indexOf('<main'), page.indexOf('</main>'));
}

/** The message as text, without the line with the name. */
function textOf(parts: Readonly<Record<string, unknown>>, options: ChatOptions = {}): string {
  return renderChatAsText([said(parts)], { names: NAMES, ...options })
    .trimEnd()
    .split('\n')
    .slice(1)
    .join('\n');
}

describe('a conversation as text', () => {
  test('shows who said what, cards with a bar, and buttons in brackets', () => {
    expect(renderChatAsText([question, answer], { names: NAMES })).toBe(
      `grace  14:07
@Footnote Where were Griner and Bout exchanged?

grace used /ask
Footnote [APP]  14:07
┃ grace asked: “Where were Griner and Bout exchanged?”
┃ ✅ Answered · 85% sure
┃ ────────
┃ │ On 8 December 2022 Griner and Bout were swapped on the tarmac at Abu Dhabi.
┃ 1 Paul Whelan, Brittney Griner and Viktor Bout · Footnote samples · Read it there↗
┃ [ ◀ (disabled) ] [ ▶ ] [ Why this? ]
┃ [ 👍 3 ] [ Remove ]
`,
    );
  });

  test('shows the options of a select, and the accessory after its section', () => {
    const options = [
      { label: 'One', value: '1', description: 'the first' },
      { label: 'Two', value: '2', default: true },
    ];
    expect(
      textOf({
        components: [
          { type: ComponentType.Section, components: [text('Words')], accessory: button('More') },
          row({ type: ComponentType.StringSelect, custom_id: 's', placeholder: 'Choose', options }),
          row(button('Open', { style: ButtonStyle.Link, url: 'https://example.org' })),
        ],
      }),
    ).toBe('Words\n[ More ]\n[ Two ▾ ]\n  · One – the first\n  · Two\n[ Open ↗ ]');
  });

  test('shows embeds with a bar', () => {
    const author = { name: 'Author' };
    const fields = [{ name: 'Known', value: '12 *articles*', inline: true }];
    expect(
      textOf({ embeds: [{ author, title: 'A \\* b', description: '> said', fields, footer: { text: '**end**' } }] }),
    ).toBe('┃ Author\n┃ A * b\n┃ │ said\n┃ Known\n┃ 12 articles\n┃ **end**');
  });
});

describe('around a message', () => {
  test('a reply shows who and what it answers', () => {
    const reply = { type: MessageType.Reply, message_reference: { message_id: '10' }, content: 'There.' };
    const [first] = renderChatAsText([said({ ...reply, referenced_message: question })], { names: NAMES }).split('\n');
    expect(first).toBe('↱ grace @Footnote Where were Griner and Bout exchanged?');
    expect(renderChatAsText([question, said(reply)], { names: NAMES })).toContain(`${first}\n`);
    expect(renderChatAsText([said({ ...reply, referenced_message: null })])).toMatch(
      /^↱ Original message was deleted\n/,
    );
    expect(renderChatAsText([said(reply)])).toMatch(/^↱ Original message could not be loaded\n/);
  });

  test('the response to a button replies to the message with the button', () => {
    const metadata = { id: '6', type: 3, user: GRACE, interacted_message_id: '11' };
    const [first] = renderChatAsText([answer, said({ content: 'So.', interaction_metadata: metadata })])
      .split('\n\n')
      .slice(1);
    expect(first).toMatch(/^↱ footnote Click to see the message\n/);
  });

  test('only apps have a badge, and an ephemeral message says that only you see it', () => {
    expect(pageOf({ content: 'x' })).toContain('>APP<');
    expect(pageOf({ content: 'x', author: GRACE })).not.toContain('>APP<');
    expect(pageOf({ content: 'x' })).not.toContain('Only you can see this');
    expect(pageOf({ content: 'x', flags: MessageFlags.Ephemeral })).toContain('Only you can see this');
    expect(textOf({ content: 'x', flags: MessageFlags.Ephemeral })).toBe('x\nOnly you can see this');
  });

  test('a deferred response says that the bot is thinking', () => {
    expect(textOf({ flags: MessageFlags.Loading })).toBe('Footnote is thinking…');
  });

  test('times are in UTC, with the day unless it is today', () => {
    const time = (now: string) => renderChatAsText([said({})], { now }).split('\n')[0];
    expect(time('2026-11-21T23:59:00Z')).toBe('footnote [APP]  14:07');
    expect(time('2026-11-22T00:00:00Z')).toBe('footnote [APP]  21/11/2026, 14:07');
  });

  test('components have the right colours and states', () => {
    const page = pageOf({ components: answer.components });
    expect(page).toContain('--accent:#2f9e5b');
    expect(page).toContain('class="button secondary disabled"');
    expect(page).toContain('class="button danger"');
    expect(pageOf({ components: [{ type: ComponentType.Container, components: [] }] })).toContain('card plain');
    const select = { type: ComponentType.StringSelect, custom_id: 's', placeholder: 'Choose', options: [] };
    expect(pageOf({ components: [row(select)] })).toContain('<span class="label empty">Choose</span>');
  });
});

describe('Markdown', () => {
  test.each([
    ['**a** *b* _c_ __d__ ~~e~~', '<strong>a</strong> <em>b</em> <em>c</em> <u>d</u> <s>e</s>'],
    ['***a***', '<strong><em>a</em></strong>'],
    ['snake_case_name 2 * 3 * 4', 'snake_case_name 2 * 3 * 4'],
    ['`**a**` and ``b`c``', '<code>**a**</code> and <code>b`c</code>'],
    ['\\*\\*a\\*\\* \\<\\@2\\> \\\\', '**a** &lt;@2&gt; \\'],
    ['||a||', '<span class="spoiler">a</span>'],
    ['<@2> <@!2> <@9>', ['@Footnote', '@Footnote', '@unknown-user'].map((name) => mention(name)).join(' ')],
    [
      '<@&9> <#9> </ask:9> @everyone',
      ['@unknown-role', '#unknown', '/ask', '@everyone'].map((name) => mention(name)).join(' '),
    ],
    ['[a **b**](<https://x.example/(c)>)', '<a href="https://x.example/(c)">a <strong>b</strong></a>'],
    ['[a](https://x.example/b_(c)) d', '<a href="https://x.example/b_(c)">a</a> d'],
    ['[\\[1\\]](https://x.example/)', '<a href="https://x.example/">[1]</a>'],
    ['see https://x.example/a.', 'see <a href="https://x.example/a">https://x.example/a</a>.'],
    ['<https://x.example/>', '<a href="https://x.example/">https://x.example/</a>'],
    ['<:name:12>', ':name:'],
  ])('%s', (markdown, html) => {
    expect(pageOf({ content: markdown })).toContain(`<div class="lines">${html}</div>`);
  });

  test.each([
    ['a\n\nb', '<div class="lines">a\n\nb</div>'],
    ['# a\nb', '<div class="heading level-1">a</div><div class="lines">b</div>'],
    ['a\n-# b', '<div class="lines">a</div><div class="subtext">b</div>'],
    [
      '> a\n> # b\nc',
      '<blockquote><div class="lines">a</div><div class="heading level-1">b</div></blockquote><div class="lines">c</div>',
    ],
    ['> a\n>\n> b', '<blockquote><div class="lines">a\n\nb</div></blockquote>'],
    ['>>> a\nb', '<blockquote><div class="lines">a\nb</div></blockquote>'],
    ['a > b', '<div class="lines">a &gt; b</div>'],
    ['a\n```js\n**b**\n```\nc', '<div class="lines">a</div><pre>**b**</pre><div class="lines">c</div>'],
    ['a ```> b``` c', '<div class="lines">a </div><pre>&gt; b</pre><div class="lines"> c</div>'],
    ['```', '<div class="lines">```</div>'],
    ['\\# a\n\\> b\n1\\. c', '<div class="lines"># a\n&gt; b\n1. c</div>'],
  ])('blocks of %j', (markdown, html) => {
    expect(pageOf({ content: markdown })).toContain(`${html}\n`);
  });

  test('lists keep their numbers and their depth', () => {
    expect(textOf({ content: '- a\n  - *b*\n3. c' })).toBe('• a\n  • b\n3. c');
  });

  test.each([
    ['<t:1795269600:R>', '2 minutes ago'],
    ['<t:1795276800:R>', 'in 1 hour'],
    ['<t:1795269600>', '21 November 2026 at 14:00'],
    ['<t:1795269600:d>', '21/11/2026'],
    ['<t:9999999999999:f>', '<t:9999999999999:f>'],
  ])('the time %s', (markdown, shown) => {
    expect(textOf({ content: markdown }, { now: '2026-11-21T14:02:00Z' })).toBe(shown);
  });

  function mention(name: string): string {
    return `<span class="mention">${name}</span>`;
  }
});

describe('hostile text', () => {
  const SCRIPT = '<script>alert(1)</script>"\'<img src=x onerror=alert(1)>';
  const ESCAPED = '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&lt;img src=x onerror=alert(1)&gt;';

  test('is shown as it is, wherever it appears', () => {
    const page = pageOf({
      content: SCRIPT,
      author: { ...FOOTNOTE, username: SCRIPT, id: '7' },
      command: SCRIPT,
      interaction_metadata: { id: '5', type: 2, user: { ...GRACE, global_name: SCRIPT } },
      embeds: [
        {
          author: { name: SCRIPT },
          title: SCRIPT,
          description: `\`${SCRIPT}\``,
          footer: { text: SCRIPT },
          fields: [{ name: SCRIPT, value: SCRIPT }],
        },
      ],
      components: [
        text(`\`\`\`\n${SCRIPT}\n\`\`\``),
        row(button(SCRIPT, { emoji: { name: SCRIPT } })),
        row({ type: ComponentType.StringSelect, custom_id: 's', placeholder: SCRIPT, options: [] }),
      ],
    });
    expect(page.split(ESCAPED)).toHaveLength(15);
    expect(page).not.toMatch(/<script|<img/);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//x.example',
    '&#106;avascript:alert(1)',
  ])('does not become a link to %s', (address) => {
    expect(pageOf({ content: `[a](${address}) [b](<${address}>) <${address}>` })).not.toContain('<a ');
    expect(pageOf({ embeds: [{ title: 'a', url: address }] })).not.toContain('<a ');
  });

  test('cannot end an attribute with a quote in a URL', () => {
    const page = pageOf({ content: '[a](<https://x.example/"onclick="alert(1)>) [b](https://x.example/\'?"q)' });
    expect([...page.matchAll(/<a ([^>]*)>/g)].map(([, attributes]) => attributes)).toEqual([
      'href="https://x.example/%22onclick=%22alert(1)"',
      'href="https://x.example/&#39;?%22q"',
    ]);
  });

  test('cannot put styles into a colour', () => {
    const page = pageOf({ embeds: [{ title: 'a', color: 'red;background:url(x)' }] });
    expect(page).not.toContain('background:url');
  });

  test('of any kind adds no tags of its own, and is read to the end', () => {
    const PIECES =
      '<script>¦<¦>¦"¦\'¦&¦[a](¦)¦<https://x.example/¦javascript:¦**¦*¦_¦__¦~~¦||¦`¦```¦\n¦> ¦>>> ¦-# ¦# ¦- ¦\\¦<@2>¦<t:1:R>¦word¦ '.split(
        '¦',
      );
    const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));
    const TAGS = /<\/?(?:main|article|div|span|strong|em|u|s|a|code|pre|blockquote|br)(?: [a-z]+="[^"<>]*")*>/g;
    fc.assert(
      fc.property(hostile, (content) => {
        expect(pageOf({ content }).replace(TAGS, '')).not.toMatch(/[<>"]/);
        expect(textOf({ content: `${content}end` })).toMatch(/end\)?(?:↗)?$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('does not make rendering slow', () => {
    const startedAt = performance.now();
    for (const piece of ['*', '_', '[', '[a](', '`', '**a', '||', '> ', '<', '\\'])
      renderChat([said({ content: piece.repeat(4_000 / piece.length) })]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('a screenshot', () => {
  test.skipIf(findBrowser() === undefined)('is sharp and as high as the page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'footnote-screenshot-'));
    try {
      const heightOf = async (messages: readonly ShownMessage[]): Promise<number> => {
        const file = join(folder, 'chat.png');
        await takeScreenshot(renderChat(messages), file);
        const png = readFileSync(file);
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        expect(png.readUInt32BE(16)).toBe(2 * PAGE_WIDTH);
        return png.readUInt32BE(20);
      };
      const one = await heightOf([answer]);
      expect(one).toBeGreaterThan(400);
      expect(await heightOf([answer, answer])).toBeGreaterThan(1.8 * one);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('is taken with the browser in CHROMIUM, or else with one on the PATH', () => {
    expect(findBrowser({ CHROMIUM: '/opt/some/chromium', PATH: '/usr/bin' })).toBe('/opt/some/chromium');
    expect(findBrowser({ PATH: '' })).toBeUndefined();
  });
});
