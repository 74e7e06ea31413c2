/** An article that would ping, format or break something in Discord if its text were sent as it is. */
export interface HostileArticle {
  /** What is hostile about it. */
  readonly id: string;
  /** A question that finds it. */
  readonly question: string;
  readonly text: string;
  readonly title: string;
  readonly publisher?: string;
  readonly url?: string;
  /** How its only passage is laid out, if not in the lines in which it is written. */
  readonly laidOut?: string;
}

const ID = '123456789012345678';
const LONG_TAIL = 'and then they counted the barrels again ';

/** One article for each way of causing harm. */
export const HOSTILE_ARTICLES: readonly HostileArticle[] = [
  {
    id: 'pings',
    question: 'Who is called to the walrus assembly?',
    title: `@everyone @here <@${ID}> read this`,
    publisher: `<@&${ID}> Press @here`,
    url: 'https://example.org/pings?who=@everyone',
    text: `The walrus assembly calls @everyone and @here to the shore. It calls <@${ID}>, <@!${ID}>, <@&${ID}>, <#${ID}> and </ask:${ID}> by name.\n\nThe walrus assembly ends at <t:1618953630:R> or <id:customize>, <:walrus:${ID}> and <a:walrus:${ID}> permitting.`,
  },
  {
    id: 'formatting',
    question: 'How is the narwhal described in the manuscript?',
    title: '**Bold** _title_ ||hidden|| `code` ~~gone~~ # heading',
    publisher: '__Under__ || spoiler ||',
    text: 'The narwhal manuscript is **bold**, __underlined__, *slanted*, _slanted_ and ~~struck~~. It hides ||the horn|| and `the tail` and ``both``.\n\n```js\nalert("narwhal")\n```\n\nThe narwhal manuscript ends \\*escaped\\* and \\\\twice\\\\ and with **an open mark.',
    laidOut:
      'The narwhal manuscript is **bold**, __underlined__, *slanted*, _slanted_ and ~~struck~~. It hides ||the horn|| and `the tail` and ``both``.\n\n```js\n\nalert("narwhal")\n\n```\n\nThe narwhal manuscript ends \\*escaped\\* and \\\\twice\\\\ and with **an open mark.',
  },
  {
    id: 'lines',
    question: 'Which steps does the puffin procedure have?',
    title: '- 1. > # -# Steps',
    text: '# The puffin procedure has a heading of the first level.\n## The puffin procedure goes on with the second level.\n-# It has small print about puffins.\n- It has a list with puffins in it.\n* It has another list of puffins.\n+ It has a third list of puffins.\n1. First the puffin procedure counts to one.\n23. Then the puffin procedure counts to twenty-three.\n> The puffin procedure quotes somebody.\n>>> The puffin procedure quotes everybody until the end.',
    laidOut:
      '# The puffin procedure has a heading of the first level.\n\n## The puffin procedure goes on with the second level.\n\n-# It has small print about puffins.\n\n- It has a list with puffins in it.\n* It has another list of puffins.\n+ It has a third list of puffins.\n1. First the puffin procedure counts to one.\n23. Then the puffin procedure counts to twenty-three.\n\n> The puffin procedure quotes somebody. The puffin procedure quotes everybody until the end.',
  },
  {
    id: 'links',
    question: 'Where does the heron guide lead?',
    title: '[Free heron](https://evil.example/nitro)',
    url: 'https://example.org/heron_(bird)#facts',
    text: 'The heron guide leads to [a free gift](https://evil.example/nitro) and to <https://evil.example>. It shows ![a heron](https://evil.example/heron.png) and https://evil.example/plain too.\n\nThe heron guide invites to discord.gg/heron and https://discord.gg/heron and https://discord.com/invite/heron, or writes to mailto:heron@evil.example today.',
  },
  {
    id: 'invisible',
    question: 'What did the otter keeper write?',
    title: 'Otter\u202egnp.exe \u2066and\u2069 \u200bmore\ufeff',
    text: `The otter keeper wrote \u202ebackwards\u202c and \u2067sideways\u2069 and \u200b@\u200beveryone\u200b and @\u2060here. The otter keeper wrote \u200f\u061cmarks, \u00ad soft\u00adhyphens and \ufeff more.\n\nThe otter keeper combined z${'\u0351\u0363\u0308'.repeat(60)}algo and \u{e0041}\u{e0042} tags and ${'👩‍👩‍👧‍👦'.repeat(40)} families in the evening. The otter keeper wrote half a \ud83d smile and half a \ude00 more.`,
  },
  {
    id: 'long-word',
    question: 'What did the mole engrave?',
    title: `M${'o'.repeat(400)}le`,
    text: `The mole engraved ${'m'.repeat(100_000)} on the wall of the burrow.\n\nThe mole was content with the engraving and slept.`,
  },
  {
    id: 'long-sentences',
    question: 'How many barrels did the badgers count?',
    title: 'Badgers and their barrels',
    text: [1, 2, 3]
      .map((number) => `On day ${number} the badgers counted ${number} barrels ${LONG_TAIL.repeat(74).trim()}.`)
      .join(' '),
  },
  {
    id: 'all-special',
    question: 'Which signs did the printer of the stork almanac use?',
    title: '*'.repeat(450),
    publisher: '|_`'.repeat(300),
    text: `The printer of the stork almanac used ${'\\*_~`|<>#[]()@:'.repeat(120)} in one line. The printer of the stork almanac used ${'* '.repeat(900)}in the other.`,
  },
];

/** The articles as the lines of one bulk file. */
export function bulkOf(articles: readonly HostileArticle[]): string {
  return articles.map(({ question: _question, laidOut: _laidOut, ...line }) => JSON.stringify(line)).join('\n');
}

/** Words that would ping or format something, in Markdown that keeps them as words. */
const WORDS_IN_MARKDOWN = '\\@everyone \\<@123> \\[x\\](https\\://evil.example) \\`\\`\\` \\| \\|\\|spoiler\\|\\|';

/** The same words as they have to be sent so that people read them: nothing in them formats, links or pings. */
const ESCAPED_WORDS = '\\@everyone \\<\\@123\\> \\[x\\]\\(https\\://evil.example\\) \\`\\`\\` \\| \\|\\|spoiler\\|\\|';

/** An article whose only passage has a list, code and a table, each with such words in it. */
export const STRUCTURED = {
  file: 'structured.md',
  text: `---
title: The gannet handbook
url: https://example.org/gannets
---

## Feeding @everyone

Young gannets eat:

- herring in the first week, or ${WORDS_IN_MARKDOWN}
- sprats in the ~~third @here~~ second week

\`\`\`js
feed('@everyone <@123> [x](https://evil.example)');
  // | ||spoiler|| \`\`two\`\` **bold**
\`\`\`

~~~~
\`\`\`
@everyone
~~~~

Portions are in [the catalogue of @everyone](https://evil.example/nitro):

| Gannet: | Fish |
| --- | --- |
| grown | 500 grams, or ${WORDS_IN_MARKDOWN} |
| small | 200 grams |
`,
  /** The passage as a block quote. */
  quote: `> **Feeding \\@everyone**
> 
> Young gannets eat\\:
> 
> • herring in the first week, or ${ESCAPED_WORDS}
> • sprats in the ~~third \\@here~~ second week
> 
> \`\`\`js
> feed('@everyone <@123> [x](https://evil.example)');
>   // | ||spoiler|| \`\`two\`\` **bold**
> \`\`\`
> 
> \\\`\\\`\\\`
> \\@everyone
> 
> Portions are in the catalogue of \\@everyone\\:
> 
> Gannet\\:: grown
> Fish: 500 grams, or ${ESCAPED_WORDS}
> 
> Gannet\\:: small
> Fish: 200 grams`,
  /** Questions, and how the quotes that answer them are sent, without bold words. */
  answers: [
    {
      question: 'Are there sprats in the second week?',
      quote: '> Young gannets eat\\:\n> …\n> • sprats in the ~~third \\@here~~ second week',
    },
    {
      question: 'How much fish does a grown gannet need?',
      quote: `> Portions are in the catalogue of \\@everyone\\:\n> Gannet\\:: grown\n> Fish: 500 grams, or ${ESCAPED_WORDS}`,
    },
  ],
} as const;
