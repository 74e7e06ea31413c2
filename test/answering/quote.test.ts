import { expect, test } from 'vitest';
import { tablesOf } from '../../dist/answering/late-interaction.js';
import { chooseQuote } from '../../dist/answering/quote.js';
import { smallLibrary } from './small-library.js';

test('the sentence that has the words of the question is quoted alone', async () => {
  // All of "bells rang" in the second: 1. With a neighbour it is still 1, less .04 for the sentence more.
  expect(await quoteOf(['Snow fell.', 'Bells rang.', 'Nobody came.'], 'bells rang')).toBe('Bells rang.');
});

test('two neighbours that have one half each are quoted together', async () => {
  // Alone 1/2 each; together 1 - .04.
  expect(await quoteOf(['Snow fell.', 'Bells rang.', 'Council met.'], 'bells council')).toBe(
    'Bells rang. Council met.',
  );
});

test('a sentence between two that match is quoted with them', async () => {
  // 1 - 2 * .04 is more than one half.
  expect(await quoteOf(['Bells rang.', 'Snow fell.', 'Council met.'], 'bells council')).toBe(
    'Bells rang. Snow fell. Council met.',
  );
});

test('no more than three sentences are quoted', async () => {
  const sentences = ['Bells rang.', 'Council met.', 'Ferry sank.', 'Roof leaked.'];
  // Three of four words by the first three as well as by the last three: the earlier are kept.
  expect(await quoteOf(sentences, 'bells council ferry roof')).toBe('Bells rang. Council met. Ferry sank.');
});

test('a sentence more is not quoted for a word that is worth less than it costs', async () => {
  const sentences = ['Bells rang.', 'Council met.'];
  // The second word weighs .03, and a sentence costs .04; at .05 it is worth it.
  expect(await quoteOf(sentences, 'bells council', [0.97, 0.03])).toBe('Bells rang.');
  expect(await quoteOf(sentences, 'bells council', [0.95, 0.05])).toBe('Bells rang. Council met.');
});

test('a sentence that leans on the one before brings it along where that costs nothing', async () => {
  // "He sold bells." alone: 1 - .04 for leaning; with the one before: 1 - .04 for the sentence. The earlier start is tried
  // first and kept.
  expect(await quoteOf(['Lavrov came.', 'He sold bells.'], 'sold bells')).toBe('Lavrov came. He sold bells.');
  // The first sentence of a passage has nothing to lean on.
  expect(await quoteOf(['He sold bells.', 'Snow fell.'], 'sold bells')).toBe('He sold bells.');
});

test('a heading is never part of a quote, and what follows it does not lean on it', async () => {
  expect(await quoteOf(['# Bronze bells', 'They sold ferry tickets.'], 'bronze bells')).toBe(
    'They sold ferry tickets.',
  );
  expect(await quoteOf(['Snow fell.', '# Bells', 'Bells rang.'], 'snow bells')).toBe('Snow fell.');
});

test('when no sentence has any of the words the first is quoted', async () => {
  expect(await quoteOf(['Snow fell.', 'Bells rang.'], 'zeppelin')).toBe('Snow fell.');
});

test('a quote says which tokens stand in it', async () => {
  const { passage, tables } = await passageAndTables(['Snow fell here.', 'Bells rang.'], 'bells');
  expect(chooseQuote(passage, tables, [1], () => '')).toMatchObject({ fromToken: 3, toToken: 5 });
});

async function quoteOf(sentences: readonly string[], question: string, weights?: readonly number[]): Promise<string> {
  const { passage, tables, text } = await passageAndTables(sentences, question);
  const count = tables.tables.length;
  const even = Array.from({ length: count }, () => 1 / count);
  const { start, end } = chooseQuote(passage, tables, weights ?? even, (sentence) =>
    text.slice(sentence.start, sentence.end),
  );
  return text.slice(start, end);
}

async function passageAndTables(sentences: readonly string[], question: string) {
  const { store, encoder } = smallLibrary([{ title: 'A', passages: [sentences] }]);
  const tables = tablesOf(await encoder.embedQuestion(question));
  const [passage] = store.candidates([1]);
  if (passage === undefined) throw new Error('There is no passage');
  return { passage, tables, text: store.article(0).text };
}
