/**
 * Keeps a test's process on this machine: `node --import loopback-only.mjs script.js`. A connection to any other host
 * throws ENETUNREACH and prints why, so no test can reach Discord or a model hub by accident. Worker threads inherit it
 * with execArgv, except those made with `eval: true` (Node 20).
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3}|\[::1\])$/i;

function refuseUnlessLoopback(host, how) {
  if (LOOPBACK.test(host)) return;
  const message = `loopback-only: ${how} ${host} refused; tests stay on this machine`;
  process.stderr.write(`${message}\n`);
  throw Object.assign(new Error(message), { code: 'ENETUNREACH', address: host });
}

// net.connect, tls.connect, http and undici all end up here.
// oxlint-disable-next-line typescript/unbound-method -- it is called with its socket as `this`.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectLoopbackOnly(...args) {
  // net.connect passes its arguments as one array, already normalised.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const isOptions = typeof first === 'object' && first !== null;
  const isPipe = isOptions ? first.path !== undefined : typeof first === 'string' && Number.isNaN(Number(first));
  if (!isPipe) {
    const host = isOptions ? first.host : second;
    refuseUnlessLoopback(typeof host === 'string' ? host : 'localhost', 'connection to');
  }
  return connect.apply(this, args);
};

for (const method of ['send', 'connect']) {
  const original = dgram.Socket.prototype[method];
  dgram.Socket.prototype[method] = function sendLoopbackOnly(...args) {
    const host = args.findLast((argument) => typeof argument === 'string');
    refuseUnlessLoopback(host ?? 'localhost', 'datagram to');
    return original.apply(this, args);
  };
}

// A DNS query leaves the machine too. dns.lookup is allowed: it runs only for hosts that passed the
// check above.
for (const resolver of [dns, dns.promises]) {
  for (const method of Object.keys(resolver).filter((name) => name.startsWith('resolve') || name === 'reverse')) {
    resolver[method] = (name) => refuseUnlessLoopback(String(name), `dns.${method} of`);
  }
}
