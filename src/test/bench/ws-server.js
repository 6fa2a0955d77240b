'use strict';
// A bare `ws` server that speaks pocket: node ws-server.js [milliseconds between pings]
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
const answer = (client, envelope, data) =>
  client.send(JSON.stringify({ socket: 'sent', attr: 'json', messageId: envelope.id, time: new Date(), data }));

server.on('connection', (client) => {
  client.on('error', () => {});
  client.on('message', (text) => {
    const envelope = JSON.parse(text);
    if (envelope.message === 'echo.say') {
      answer(client, envelope, envelope.data);
    } else if (envelope.message === 'echo.shout') {
      const event = JSON.stringify({ message: 'echo.heard', data: envelope.data });
      server.clients.forEach((member) => member.send(event));
    } else {
      answer(client, envelope);
    }
  });
});
server.on('listening', () => console.log('Ready ' + server.address().port));

const pause = Number(process.argv[2] || 25000);
setInterval(() => server.clients.forEach((client) => client.ping()), pause);
