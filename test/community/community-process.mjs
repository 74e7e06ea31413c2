// A process that uses a community file: node community-process.mjs FOLDER MODE [NUMBER]
import { Community } from '../../dist/community/community.js';

const [folder = '', mode, number = '0'] = process.argv.slice(2);

switch (mode) {
  case 'open': {
    // NUMBER is the time at which all processes open the file.
    while (Date.now() < Number(number));
    const community = Community.open(folder);
    vote(community, process.pid);
    community.close();
    break;
  }
  case 'write': {
    const community = Community.open(folder);
    for (let count = 1; ; count++) {
      vote(community, count);
      community.questions.add(questionOf(count), 90);
      // Printed only after the commit.
      process.stdout.write(`${count}\n`);
      // Gives the output a chance to be written.
      if (count % 20 === 0) await new Promise(setImmediate);
    }
  }
  case 'announce': {
    const community = Community.open(folder);
    process.stdout.write(`${JSON.stringify(community.announce('1-0', new Date(Number(number))))}\n`);
    // Keeps a reference, so the garbage collector cannot close the database and release the lock.
    setInterval(() => community.votes, 1000);
    break;
  }
  default:
    throw new Error(`No mode ${mode}`);
}

function vote(community, message) {
  const one = { messageId: String(message), personId: '1', serverId: '9', passageId: 'a', isRight: true };
  community.votes.cast(one, Date.now());
}

function questionOf(count) {
  return {
    askedIn: String(count),
    personId: '1',
    serverId: '9',
    link: 'https://discord.com/channels/9/8',
    text: `Question number ${count}`,
    reason: 'not-found',
    passageId: null,
    askedAt: Date.now(),
  };
}
