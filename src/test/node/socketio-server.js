'use strict';
// A real Socket.IO server for the Java client's tests: node socketio-server.js [transports] [JSON of more options]
const { createServer } = require('http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http, {
  transports: (process.argv[2] || 'polling,websocket').split(','),
  serveClient: false,
  ...JSON.parse(process.argv[3] || '{}')
});

function serve(space) {
  space.on('connection', (socket) => {
    socket.on('echo', (...args) => args.pop()(...args));
    socket.on('shout', (...args) => space.emit('heard', ...args));
    socket.on('message', (...args) => socket.send(...args));
    socket.on('transport', (answer) => answer(socket.conn.transport.name));
    socket.on('handshake', (answer) => answer(socket.handshake.auth, socket.handshake.headers));
    socket.on('ask me', (question, answer) => socket.emit('question', question, (...given) => answer(...given)));
    socket.on('many', (count) => { for (let i = 0; i < count; i++) socket.emit('number', i); });
    socket.on('end', () => socket.disconnect());
    socket.on('cut', () => socket.conn.close());
    socket.on('news', (...args) => space.emit('news', ...args));
    socket.on('silence', () => {}); // never acknowledged
    // the chat of the old example
    socket.on('nickname', (name, answer) => {
      socket.data.name = name;
      if (answer) answer(false);
      space.emit('announcement', name + ' connected');
    });
    socket.on('user message', (text) => space.emit('msg to room', socket.data.name ?? 'somebody', text));
  });
}

serve(io);
serve(io.of('/chat'));
serve(io.of('/keystore'));
io.of('/closed').use((socket, next) => next(new Error('members only')));
io.of('/secret').use((socket, next) =>
  next(socket.handshake.auth.token === 'open sesame' ? undefined : new Error('who are you?')));
serve(io.of('/secret'));

http.listen(Number(process.argv[4] || 0), '127.0.0.1', () => console.log('Ready ' + http.address().port));
