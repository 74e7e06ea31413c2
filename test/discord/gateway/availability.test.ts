import { InteractionResponseType } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { childrenOf } from '../bot/child-processes.js';
import { ANSWERED_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { MANAGER } from '../bot/settings-card.js';
import { textOf } from '../bot/shown-message.js';
import { useArticles, useBotForEach } from '../bot/use-bot.js';

const MAX_LENGTH = 2000;
/** What one person sends at once, as often as the default limit allows. */
const FLOOD = 20;
const PATIENT = { timeoutMs: 60_000 };

const articles = useArticles();

/** A question of the maximum length, of words that are all different. */
function longQuestion(number: number): string {
  const words = Array.from({ length: MAX_LENGTH }, (_, index) => (number * MAX_LENGTH + index).toString(36));
  return `Why ${words.join(' ')}`.slice(0, MAX_LENGTH);
}

describe('with the usual time for an answer', () => {
  const bot = useBotForEach({ articles });

  test('a person who asks twenty long questions at once keeps nobody waiting', async () => {
    const { fake } = bot;
    const flood = [longQuestion, () => '?'.repeat(MAX_LENGTH - 1), () => '🐝'.repeat(MAX_LENGTH / 2)];
    const flooder = fake.addUser('flooder').id;
    const floods = Array.from({ length: FLOOD }, (_, index) =>
      fake.slash({
        name: 'ask',
        options: { question: flood[index % flood.length]?.(index) ?? '' },
        userId: flooder,
      }),
    );
    const typed = fake.autocomplete({ name: 'find', options: { words: 'lat' }, focused: 'words' });
    const question = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });
    // The fake holds against the bot whatever it has not acknowledged within Discord's three seconds.
    expect((await typed.acknowledged()).type).toBe(InteractionResponseType.ApplicationCommandAutocompleteResult);
    expect(textOf(await question.response(PATIENT))).toContain(REYKJAVIK.title);
    const answers = await Promise.all(floods.map((handle) => handle.response(PATIENT)));
    for (const answer of answers)
      expect(textOf(answer)).toMatch(/Not found|Perhaps|no question|no words|Too many people/);
    expect(bot.process.stderr).not.toMatch(/unhandled|"level":[56]0/i);
  });

  test('a model process that hangs is replaced; the question is answered, and the log and /status say so', async () => {
    const { fake } = bot;
    const [model = 0] = childrenOf(bot.process.pid);
    process.kill(model, 'SIGSTOP');
    const question = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });
    expect(textOf(await question.response(PATIENT))).toContain(REYKJAVIK.title);
    expect(bot.process.stderr).toContain('A model process did not answer within 4 s; starting another one.');
    const status = await fake.slash({ name: 'status', ...MANAGER }).response();
    expect(textOf(status)).toMatch(/restarted 1 time after a failure, most recently <t:\d+:R>/);
  });
});

describe('with little time for an answer', () => {
  const hasty = useBotForEach({ articles, env: { FOOTNOTE_TIMEOUT_S: '6' } });

  test('people are told if no model process can answer, and are answered later', async () => {
    const { fake } = hasty;
    const stopped = new Set<number>();
    const stop = (): void => {
      for (const pid of childrenOf(hasty.process.pid)) {
        if (stopped.has(pid)) continue;
        stopped.add(pid);
        process.kill(pid, 'SIGSTOP');
      }
    };
    stop();
    const timer = setInterval(stop, 20);
    const question = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });
    expect(textOf(await question.response(PATIENT))).toMatch(/took too long|can’t answer at the moment/);
    clearInterval(timer);
    for (const pid of childrenOf(hasty.process.pid)) process.kill(pid, 'SIGKILL');
    let answer = '';
    // A new process needs a moment to start.
    for (let asked = 0; asked < 10 && !answer.includes(REYKJAVIK.title); asked++)
      answer = textOf(await fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } }).response(PATIENT));
    expect(answer).toContain(REYKJAVIK.title);
  });
});
