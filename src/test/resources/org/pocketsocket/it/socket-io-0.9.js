// What a page does with the client of Socket.IO 0.9: returns what came of it, by name.
async (transport) => {
  const seen = {}
  io.transports = [transport] // an option of this name is merged into it, place by place
  const socket = io.connect('', {'force new connection': true, reconnect: false})
  const within = (what, promise) => Promise.race([promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error('no ' + what)), 10000))])
  const once = (event, on = socket) =>
    within(event, new Promise((resolve) => on.once(event, (...args) => resolve(args))))
  const ask = (event, ...args) =>
    within('ack of ' + event, new Promise((resolve) => socket.emit(event, ...args, (...answer) => resolve(answer))))
  const hello = once('hello')
  const early = once('echo-back')
  socket.emit('echo', 'sent before it was connected')
  await once('connect')
  seen.transport = socket.socket.transport.name
  seen.hello = await hello
  seen.early = await early
  let answer = once('message')
  socket.send('é€😀')
  seen.message = await answer
  answer = once('message')
  socket.json.send({a: [1, 2]})
  seen.json = await answer
  answer = once('echo-back')
  socket.emit('echo', 1, 'two', {three: 3})
  seen.echo = await answer
  seen.ack = await ask('echo-ack', 1, 2)
  socket.on('question', (question, answer) => answer('re: ' + question))
  seen.asked = await ask('ask-me', 'tea')
  seen.joined = await ask('join', 'lobby')
  answer = once('news')
  socket.emit('room-all', 'lobby', 7)
  seen.room = await answer
  const custom = socket.socket.of('/custom')
  seen.custom = await once('hello', custom)
  answer = once('disconnect')
  socket.emit('kick')
  seen.kicked = await answer
  return seen
}
