import './pocket.socket.js';

export const {pocket} = globalThis;
export default pocket;
