'use strict';
// A Socket.IO server: node socketio-server.js [milliseconds between pings]
const { createServer } = require('http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  pingInterval: Number(process.argv[2] || 25000),
});

io.on('connection', (socket) => {
  socket.on('say', (data, answer) => answer(data));
  socket.on('shout', (data) => io.emit('heard', data));
});
http.listen(0, '127.0.0.1', 4096, () => console.log('Ready ' + http.address().port));
