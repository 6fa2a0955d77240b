// What a page does with an official Socket.IO client: returns what came of it, by name.
async (options) => {
  const seen = {}
  const bytes = (value) => [...new Uint8Array(value)]
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const socket = io('/', {...options, forceNew: true, auth: {token: 'x'}, reconnectionDelay: 50})
  const once = (event, on = socket) => new Promise((resolve) => on.once(event, (...args) => resolve(args)))
  const ask = (event, ...args) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('no ack of ' + event)), 10000)
    socket.emit(event, ...args, (...answer) => resolve(answer))
  })
  seen.auth = (await once('auth'))[0]
  let transport = ''
  for (let i = 0; i < 100 && transport !== options.expected; i++) {
    transport = (await ask('transport'))[0]
    await pause(20)
  }
  seen.transport = transport
  seen.ack = await ask('message-with-ack', 1, 'é€😀', {b: [true]}, [1, 2], null)
  const binary = await ask('message-with-ack', new Uint8Array([1, 2, 3]).buffer, {x: new Uint8Array([4]).buffer})
  seen.binary = [bytes(binary[0]), bytes(binary[1].x)]
  socket.emit('message', 'hi', new Uint8Array([255]).buffer)
  const back = await once('message-back')
  seen.back = [back[0], bytes(back[1])]
  socket.on('question', (question, answer) => answer('re: ' + question))
  seen.asked = await ask('ask-me', 'tea')
  seen.joined = await ask('join', 'lobby')
  socket.emit('room-all', 'lobby', 'news', 7)
  seen.room = await once('news')
  socket.emit('volatile-burst', 5)
  seen.volatile = await once('vol-done')
  const refused = io('/guarded', {...options, auth: {token: 'no'}})
  const no = await Promise.race([once('connect_error', refused), once('error', refused)])
  seen.refused = no[0].data || no[0]
  refused.disconnect()
  const query = options.two ? '?token=let-me-in&user=ada' : ''
  const accepted = io('/guarded' + query, {...options, forceNew: true, auth: {token: 'let-me-in', user: 'ada'}})
  seen.accepted = await once('welcome', accepted)
  accepted.disconnect()
  const dynamic = io('/room-7', {...options, forceNew: true})
  seen.dynamic = await once('nsp', dynamic)
  dynamic.disconnect()
  const dropped = once('disconnect')
  const again = dropped.then(() => once('auth'))
  socket.emit('drop')
  seen.dropped = await dropped
  await again
  const kicked = once('disconnect')
  socket.emit('kick-hard')
  seen.kicked = (await kicked).slice(0, 1)
  seen.dropped = seen.dropped.slice(0, 1)
  socket.close()
  return seen
}
