/** Questions as people write them in a chat, with what stands around them. */

/** One way to wrap a question. What it adds has nothing to do with any question of the tests. */
export interface Wrapping {
  readonly kind: string;
  readonly wrap: (question: string) => string;
}

/** Puts marks around the middle word of a question. */
function markMiddle(question: string, marks: string): string {
  const words = question.split(' ');
  const middle = Math.floor(words.length / 2);
  return words.map((word, index) => (index === middle ? `${marks}${word}${marks}` : word)).join(' ');
}

/** Lower-cases the first letter, as behind "could you tell me". */
function continued(question: string): string {
  return question.charAt(0).toLowerCase() + question.slice(1);
}

/** Ten ways to wrap a question. */
export const WRAPPINGS: readonly Wrapping[] = [
  { kind: 'a mention in front', wrap: (question) => `<@804112233445566778> ${question}` },
  {
    kind: 'a role and emoji',
    wrap: (question) => `<@&912345678901234567> 🙏 ${question} <:thinkies:700100200300400500> 🤔`,
  },
  {
    kind: 'a link behind',
    wrap: (question) => `${question} https://forum.example.net/t/setup-notes/4821?page=2#reply-7`,
  },
  {
    kind: 'a code block behind',
    wrap: (question) =>
      `${question}\n\`\`\`js\nconst basket = fruits.filter((pear) => pear.ripe);\nfor (const pear of basket) juice(pear, { sugar: 0 });\n\`\`\``,
  },
  { kind: 'a greeting in front', wrap: (question) => `Hi everyone! ${question}` },
  { kind: 'thanks behind', wrap: (question) => `${question} Thanks in advance!` },
  {
    kind: 'a quoted line above',
    wrap: (question) => `> the printer upstairs ran out of toner again yesterday\n${question}`,
  },
  { kind: 'politeness around', wrap: (question) => `Could someone please tell me ${continued(question)}` },
  { kind: 'a bold word', wrap: (question) => markMiddle(question, '**') },
  {
    kind: 'a log behind',
    wrap: (question) =>
      `${question}\n2031-04-17 08:12:44,310 WARN  [scheduler-2] c.e.garden.Sprinkler - valve 14 slow to close\n2031-04-17 08:12:45,002 ERROR [scheduler-2] c.e.garden.Sprinkler - gave up on valve 14\njava.lang.IllegalStateException: valve 14 is stuck\n\tat com.example.garden.Valve.close(Valve.java:88)\n\tat com.example.garden.Sprinkler.tick(Sprinkler.java:31)`,
  },
];

/** Ten more of other kinds. */
export const OTHER_WRAPPINGS: readonly Wrapping[] = [
  { kind: 'two mentions in front', wrap: (question) => `<@!360011223344556677> <@360011223344556688> ${question}` },
  {
    kind: 'a time and emoji behind',
    wrap: (question) => `${question} 🥁🥁 <t:1899999999:f> <:shrug_otter:360011223344556699>`,
  },
  {
    kind: 'a warning of a compiler below',
    wrap: (question) =>
      `${question}\n\nsrc/teapot.c:41:9: warning: unused variable 'spout' [-Wunused-variable]\n   41 |     int spout = 3;\n      |         ^~~~~`,
  },
  {
    kind: 'a note in a code block behind',
    wrap: (question) => `${question}\n\`\`\`\nmilk\neggs, six\nsuspenders\n\`\`\``,
  },
  { kind: 'a joint greeting', wrap: (question) => `Hiya team, happy Tuesday! ${question}` },
  { kind: 'thanks to everybody', wrap: (question) => `${question}\nThanks everyone, you are lifesavers ❤️` },
  { kind: 'a quoted remark between', wrap: (question) => `> my goldfish prefers jazz\n\n${question}\n\n> mine too` },
  {
    kind: 'a humble request',
    wrap: (question) => `Pardon my ignorance, but could anyone kindly explain ${continued(question)}`,
  },
  { kind: 'struck and underlined words', wrap: (question) => `__${markMiddle(question, '~~')}__` },
  {
    kind: 'a log of a server behind',
    wrap: (question) =>
      `${question}\n\n[07:41:02] [Worker-Main-4/INFO]: Preparing spawn area: 83%\n[07:41:03] [Server thread/WARN]: Can't keep up! Is the server overloaded? Running 5021ms behind\n[07:41:09] [Server thread/ERROR]: Failed to save chunk 12,-7\njava.io.IOException: Stream closed\n\tat net.pudding.world.Region.write(Region.java:377)`,
  },
];
