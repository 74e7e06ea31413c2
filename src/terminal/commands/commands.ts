import type { CommandGroup, ListedCommand } from '../command.js';

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly (ListedCommand | CommandGroup)[] = [
  {
    name: 'ask',
    description: 'answer a question, or every line of standard input',
    load: async () => (await import('./ask.js')).askCommand,
  },
  {
    name: 'index',
    description: 'index the articles that are new or have changed',
    load: async () => (await import('./index-articles.js')).indexCommand,
  },
  {
    name: 'articles',
    description: 'list the indexed articles',
    load: async () => (await import('./articles.js')).articlesCommand,
  },
  {
    name: 'show',
    description: 'show an article, or a passage with the paragraphs around it',
    load: async () => (await import('./show.js')).showCommand,
  },
  {
    name: 'pin',
    description: 'show a passage first whenever a question is asked',
    commands: [
      {
        name: 'add',
        description: 'pin a passage to a question, in place of what is pinned to it',
        load: async () => (await import('./pin-add.js')).pinAddCommand,
      },
      {
        name: 'list',
        description: 'list what is pinned, and say whose passage is gone',
        load: async () => (await import('./pin-list.js')).pinListCommand,
      },
      {
        name: 'remove',
        description: 'remove what is pinned to a question',
        load: async () => (await import('./pin-remove.js')).pinRemoveCommand,
      },
    ],
  },
  {
    name: 'chat',
    description: 'ask questions in this terminal',
    load: async () => (await import('./chat.js')).chatCommand,
  },
  {
    name: 'bot',
    description: 'run the Discord bot',
    load: async () => (await import('./bot.js')).botCommand,
  },
  {
    name: 'doctor',
    description: 'check everything Footnote needs, and say how to fix what is wrong',
    load: async () => (await import('./doctor.js')).doctorCommand,
  },
  {
    name: 'backup',
    description: 'write the index and everything the bot stores into one file',
    load: async () => (await import('./backup.js')).backupCommand,
  },
  {
    name: 'restore',
    description: 'put a backup into the index folder',
    load: async () => (await import('./restore.js')).restoreCommand,
  },
  {
    name: 'eval',
    description: 'measure the answers on questions with known answers',
    load: async () => (await import('./eval.js')).evalCommand,
  },
  {
    name: 'learn',
    description: 'learn from questions what the articles of a collection have in common, and keep it if it pays',
    load: async () => (await import('./learn.js')).learnCommand,
  },
  {
    name: 'fit',
    description: 'fit ranking and decision on half 0 of evaluations, and print the source file of the coefficients',
    isHidden: true,
    load: async () => (await import('./fit.js')).fitCommand,
  },
];
