import './inspector.js';
import '../pocket.socket.js';

export const {pocket} = globalThis;

/** Where this application lives: these pages may be served under any context path. */
const application = new URL('..', import.meta.url);

export const home = application.href;
export const url = application.href.replace(/^http/, 'ws') + 'pocket';
export const server = new URL(url).origin;

pocket.paths = ['pocket/direct', 'pocket'].map((door) => application.pathname + door);
