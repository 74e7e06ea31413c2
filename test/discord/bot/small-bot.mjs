/**
 * The smallest bot that `startBot` can run, for its own tests. It prints how it was started, registers one command and
 * answers every message. MODE makes it fail at once ("fails"), ignore SIGTERM ("stubborn") or try to leave the machine
 * ("curious").
 */
import { Client, Events, GatewayIntentBits } from 'discord.js';

const { DISCORD_TOKEN: token, DISCORD_API: api, MODE: mode } = process.env;
console.log(
  JSON.stringify({ args: process.argv.slice(2), env: Object.keys(process.env).toSorted(), cwd: process.cwd() }),
);
if (mode === 'fails') {
  console.error('no articles found');
  process.exit(3);
}
if (mode === 'stubborn') process.on('SIGTERM', () => {});
if (mode === 'curious') {
  await fetch('http://192.0.2.1/').catch((error) => console.log(`refused: ${error.cause?.code ?? error.code}`));
}

const client = new Client({ intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages], rest: { api } });
client.on(Events.MessageCreate, (message) => {
  if (!message.author.bot) void message.reply({ content: 'yes?', allowedMentions: { parse: [], repliedUser: false } });
});
if (mode !== 'stubborn') process.on('SIGTERM', () => void client.destroy().then(() => process.exit(0)));
await client.login(token);
await client.application.commands.set([{ name: 'ask', description: 'Ask' }]);
