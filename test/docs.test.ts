/** What the README and the pages say is checked here, as far as a program can. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FITTED } from '../src/answering/confidence/fitted-coefficients.js';
import { SETTINGS } from '../src/community/setting-values.js';
import { SHOWN_SETTINGS, type ShownSetting } from '../src/discord/cards/setting-choices.js';
import { MESSAGE_COMMANDS, SLASH_COMMANDS } from '../src/discord/commands/commands.js';
import { NEEDED_PERMISSIONS } from '../src/discord/context/permissions.js';
import { MENU_ACTIONS } from '../src/discord/format/custom-id.js';
import { en } from '../src/discord/locales/en.js';
import { TRANSLATIONS, textsFor } from '../src/discord/locales/texts.js';
import { readCollectionFile } from '../src/reading/collection-file.js';
import { FORMATS } from '../src/reading/formats.js';
import { COMMANDS } from '../src/terminal/commands/commands.js';
import { EXIT } from '../src/user-error.js';
import { runFootnote, Workspace } from './cli/workspace.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const DOCS = readdirSync(join(REPOSITORY, 'docs')).map((page) => `docs/${page}`);
const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'index/README.md', ...DOCS];

const read = (page: string): string => readFileSync(join(REPOSITORY, page), 'utf8');

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
    ([, link, image]) => link ?? image ?? '',
  );
  for (const target of targets.filter((one) => !/^https?:/.test(one))) {
    const [file = '', anchor] = target.split('#');
    const path = resolve(REPOSITORY, dirname(page), file === '' ? page.replace(/^.*\//, '') : file);
    expect(existsSync(path), target).toBe(true);
    if (anchor !== undefined) expect(headingsOf(readFileSync(path, 'utf8')), target).toContain(anchor);
  }
});

function headingsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

test('the README is short: 100 to 150 lines', () => {
  const lines = read('README.md').split('\n').length;
  expect(lines).toBeGreaterThan(100);
  expect(lines).toBeLessThanOrEqual(150);
});

test('every npm script that a page names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = PAGES.flatMap((page) => [...read(page).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name));
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

test('every setting that a page names is in .env.example', () => {
  const settings = new Set(read('.env.example').match(/^[A-Z_]+(?==)/gm));
  const named = PAGES.flatMap((page) => read(page).match(/\b(?:DISCORD|FOOTNOTE)_[A-Z_]+\b/g) ?? []);
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(settings).toContain(name);
});

test('the README lists every file type that is read', () => {
  for (const extension of FORMATS.flatMap(({ extensions }) => extensions).filter((one) => one !== '.markdown'))
    expect(read('README.md')).toContain(`\`${extension}\``);
});

describe('docs/articles.md', () => {
  const page = read('docs/articles.md');

  test('lists every file type that is read', () => {
    for (const extension of FORMATS.flatMap(({ extensions }) => extensions)) expect(page).toContain(`\`${extension}\``);
  });

  test('has an example of _collection.yaml in which every field can be used', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const { stated, warnings } = readCollectionFile(example);
    expect(warnings).toEqual([]);
    for (const field of Object.keys(stated)) expect(page).toMatch(new RegExp(`^\\|.*\`${field}\``, 'm'));
    expect(Object.keys(stated)).toHaveLength(8);
  });
});

describe('docs/terminal.md', () => {
  const page = read('docs/terminal.md');

  test('lists every command', () => {
    for (const { name } of COMMANDS.filter((command) => !('isHidden' in command && command.isHidden)))
      expect(page).toMatch(new RegExp(`^\\| \`${name}[ \`]`, 'm'));
  });

  test('lists every exit code', () => {
    expect([...page.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code))).toEqual(Object.values(EXIT));
  });
});

describe('docs/discord.md', () => {
  const page = read('docs/discord.md');

  test('lists every command', () => {
    for (const { definition } of SLASH_COMMANDS)
      expect(page).toMatch(new RegExp(`^\\| \`/${definition.name}[ \`]`, 'm'));
    for (const { definition } of MESSAGE_COMMANDS) expect(page).toContain(`*Apps → ${definition.name}*`);
  });

  test('lists every setting, with what applies at first', () => {
    const texts = textsFor('en');
    for (const { name, label, picks, nothing = 'settings.none', options } of Object.values(
      SHOWN_SETTINGS,
    ) as ShownSetting[]) {
      const { defaultValue } = SETTINGS[name];
      const first =
        picks === null
          ? options([])
              .find(({ value }) => value === defaultValue)
              ?.text(texts)
          : texts.say(nothing);
      const row = page.split('\n').find((line) => line.startsWith(`| **${texts.say(label)}** |`));
      expect(row?.replaceAll('’', "'"), name).toMatch(new RegExp(`\\| ${first?.replaceAll('’', "'")} \\|$`));
    }
  });

  test('lists every command for the people who may use it', () => {
    const audiences = {
      [String(PermissionFlagsBits.ManageGuild)]: 'Manage Server',
      [String(PermissionFlagsBits.ManageMessages)]: 'Manage Messages',
    };
    for (const { definition } of SLASH_COMMANDS) {
      const row = page.split('\n').find((line) => new RegExp(`^\\| \`/${definition.name}[ \`]`).test(line)) ?? '';
      const permission = definition.default_member_permissions;
      expect(row).toMatch(new RegExp(`\\| ${audiences[permission ?? ''] ?? 'everyone'} \\|$`));
    }
  });

  test('names the buttons and the choices of the list as they are labelled, in the order of the list', () => {
    const { context, why, share, remove } = en.buttons;
    expect(page).toMatch(new RegExp(`^\\| \\*\\*${context}\\*\\* \\|`, 'm'));
    const choices = [why, en.menu.wrong, share, en.menu.pin, en.menu.tell, remove];
    expect(choices).toHaveLength(MENU_ACTIONS.length);
    const rows = [...page.matchAll(/^\| \*\*([^*]+)\*\* \|/gm)].map(([, label]) => label);
    const first = rows.indexOf(why);
    expect(rows.slice(first, first + choices.length)).toEqual(choices);
  });

  test('names every language', () => {
    const names = new Intl.DisplayNames('en', { type: 'language' });
    for (const code of Object.keys(TRANSLATIONS)) expect(page).toContain(names.of(code));
  });
});

test('the permissions of the invitation are the same everywhere, and the bot checks those that it needs', () => {
  const running = read('docs/running.md');
  const [, number = '', names = ''] = /permissions \((\d+) in all\): ([^.]*)\./.exec(running) ?? [];
  const bits = names.split(/,\s+/).map((name) => {
    const key = name
      .replace(/\bin\b/, 'In')
      .replaceAll(/\s/g, '')
      .replace(/^ViewChannels$/, 'ViewChannel');
    return PermissionFlagsBits[key as keyof typeof PermissionFlagsBits];
  });
  expect(bits.reduce((sum, bit) => sum | bit, 0n)).toBe(BigInt(number));
  expect(read('README.md')).toContain(`&permissions=${number}`);
  for (const { bit } of NEEDED_PERMISSIONS) expect(bits).toContain(bit);
});

test('docs/answers.md gives the figures that were fitted', () => {
  const page = read('docs/answers.md');
  for (const { halves } of FITTED.sets.filter(({ name }) => name === 'squad' || name === 'clapnq')) {
    const reporting = halves.find(({ use }) => use === 'reporting');
    expect(page).toContain(`**${String(reporting?.recallAt1).replace(/^0/, '')}**`);
  }
  expect(page).toContain(`from ${Math.round(FITTED.thresholds.closest * 100)}% up, as *Perhaps*`);
  expect(page).toContain(`From ${Math.round(FITTED.thresholds.answered * 100)}% up, the passages`);
});

describe('the chat in the README', () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
  });

  afterAll(() => {
    workspace.remove();
  });

  test('is what the chat really prints', async () => {
    const [, shown = ''] = /```\n(Ask> [\s\S]*?)```/.exec(read('README.md')) ?? [];
    const questions = [...shown.matchAll(/^Ask> (.+)$/gm)].map(([, question]) => question);
    expect(questions).toHaveLength(2);
    const folders = ['--seeds', join(REPOSITORY, 'seeds'), '--index', workspace.index];
    const indexed = await runFootnote([...folders, '--quiet', 'index'], {}, workspace.path);
    expect(indexed).toEqual({ code: 0, stdout: '', stderr: '' });
    const { stdout } = await runFootnote([...folders, 'chat'], { input: questions.join('\n') }, workspace.path);
    const answers = shown.split(/^Ask> .+$/m).map((answer) => answer.trim());
    for (const answer of answers) expect(oneSpaced(stdout)).toContain(oneSpaced(answer));
  });
});

/** A text on one line, without the bar beside a quote, however wide it was printed. */
function oneSpaced(text: string): string {
  return text.replace(/[│\s]+/g, ' ');
}
