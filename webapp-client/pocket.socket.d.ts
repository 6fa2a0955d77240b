/** What a channel's messages are, by their names. All of it may be left out. */
export interface ChannelTypes {
  /** What the server sends: event -> data. */
  events?: object;
  /** What it takes: event -> [data, what it answers]. */
  takes?: object;
  /** What it asks: event -> [data, what we answer]. */
  asks?: object;
  /** What it greets with. */
  greeting?: unknown;
  /** What members show of themselves. */
  state?: unknown;
}

type Get<T, K extends PropertyKey, Otherwise> = T extends { [P in K]: infer V } ? V : Otherwise;
type Events<C> = Get<C, 'events', Record<string, any>>;
type Takes<C> = Get<C, 'takes', Record<string, [any, any]>>;
type Asks<C> = Get<C, 'asks', Record<string, [any, any]>>;
type Sent<P> = P extends readonly [infer D, any] ? D : any;
type Answered<P> = P extends readonly [any, infer A] ? A : any;
type Data<D> = undefined extends D ? [data?: D] : [data: D];
type Name<T> = Extract<keyof T, string>;

export type Undo = () => void;
export type State = 'connecting' | 'open' | 'recovering' | 'closed';
export type Transport = 'direct' | 'standard' | 'poll' | 'events';

/** What a promise is refused with. */
export interface PocketError extends Error {
  /** See docs/errors.md; 1006: the connection is lost, and nobody knows more. */
  code: number;
  error: string;
}

export interface StateChange {
  state: State;
  was: State;
  code?: number;
  reason?: string;
}

export interface Options {
  /** Called at every connect, and when the server wants a fresh one. */
  token?: () => string | undefined | Promise<string | undefined>;
  /** Milliseconds for an answer, waiting included: 10000. */
  timeout?: number;
  /** Messages that may wait while there is no connection: 100. */
  queue?: number;
  /** To be tried in this order; all of them, if not said. */
  transports?: Transport[];
}

export interface Stats {
  /** Milliseconds that the last answer took. */
  rtt: number;
  reconnects: number;
  /** Characters. */
  sent: number;
  received: number;
  /** Messages without an answer. */
  queued: number;
  transport?: Transport;
}

export interface Place {
  room: string;
  epoch?: string;
  offset?: number;
}

export interface Sending {
  /** Milliseconds, waiting included. */
  timeout?: number;
  /** false: now or never. */
  queue?: boolean;
}

export interface Member<S = any> {
  id: string;
  user?: string;
  state?: S;
}

export interface Envelope<D = any> {
  id?: string | number;
  message?: string;
  room?: string;
  offset?: number;
  data: D;
}

/** Who is there, by id. Lives. */
export interface Presence<S = any> extends Map<string, Member<S>> {
  /** All of them, also those that a long list leaves out; known from the first `sync` on. */
  count?: number;
  on(event: 'join' | 'leave' | 'update', fn: (member: Member<S>) => void): Undo;
  on(event: 'sync', fn: () => void): Undo;
}

export interface History<E = any> {
  epoch: string;
  offset: number;
  recovered?: boolean;
  events: { event: string; offset: number; data: E }[];
}

export interface Chan<C = {}> extends AsyncIterable<Message<C>> {
  readonly name: string;
  readonly state: 'left' | 'joining' | 'joined';

  on(event: 'join', fn: (about: { data: Get<C, 'greeting', any>; again: boolean }) => void): Undo;
  on(event: 'leave', fn: (why: { code: number; reason?: string }) => void): Undo;
  /** Events are missing, and cannot be had any more. */
  on(event: 'gap', fn: (from: Place) => void): Undo;
  on(event: 'error', fn: (error: PocketError) => void): Undo;
  on(event: '*', fn: (event: string, data: any, envelope: Envelope) => void): Undo;
  on<K extends Name<Events<C>>>(event: K, fn: (data: Events<C>[K], envelope: Envelope<Events<C>[K]>) => void): Undo;

  send<K extends Name<Takes<C>>>(event: K, ...data: [...Data<Sent<Takes<C>[K]>>, how?: Sending]): void;
  ask<K extends Name<Takes<C>>>(
    event: K, ...data: [...Data<Sent<Takes<C>[K]>>, how?: Sending]): Promise<Answered<Takes<C>[K]>>;
  /** Answers what the server asks; an error is a "no". */
  onAsk<K extends Name<Asks<C>>>(
    event: K, fn: (data: Sent<Asks<C>[K]>) => Answered<Asks<C>[K]> | Promise<Answered<Asks<C>[K]>>): Undo;

  join(data?: object): Promise<Get<C, 'greeting', any>>;
  leave(): Promise<unknown>;
  update(state: Get<C, 'state', any>): Promise<unknown>;
  presence(room?: string): Presence<Get<C, 'state', any>>;
  history(which?: { room?: string; since?: { epoch: string; offset: number }; limit?: number; reverse?: boolean }): Promise<History>;
}

export type Message<C = {}> = { [K in Name<Events<C>>]: { event: K; data: Events<C>[K] } }[Name<Events<C>>];

export interface Link<T = Record<string, {}>> {
  readonly state: State;
  channel<K extends Name<T>>(name: K, options?: { join?: boolean; last?: number }): Chan<T[K]>;
  on(event: 'state', fn: (change: StateChange) => void): Undo;
  on(event: 'gap' | 'error', fn: (about: any, channel?: Chan<any>) => void): Undo;
  on(event: 'message', fn: (message: any) => void): Undo;
  on(event: 'frame', fn: (frame: { out: boolean; text: string }) => void): Undo;
  connect(): void;
  close(): void;
  stats(): Stats;
}

// ---- The classic face

export interface Entry {
  ip: string;
  port: number | string;
  name: string;
}

export type Address = string | [string, number | string] | { ip: string; port?: number | string } | (() => string);
export type Mode = 'mix' | 'flat' | 'broadcast' | 'overflow';

export interface List extends Array<Entry> {
  toArray(): string[];
}

export interface AugmentedWebSocket extends EventTarget {
  readonly uri: string;
  readonly connected: boolean;
  readonly readyState: number;
  sendJson(message: string, data?: unknown): string | undefined;
  send(raw: string): void;
  close(code?: number, reason?: string): void;
  reconnect(): void;
}

export interface Receipt {
  socket: 'sent' | 'error';
  messageId: string;
  time?: string;
  attr?: 'json' | 'string';
  data?: any;
  code?: number;
  error?: string;
  reason?: string;
}

export interface Connection {
  addresses: string[];
  ports: (number | string)[];
  isSetup(): boolean;
  list(type?: 'mix' | 'flat'): List;
  addToList(list: List, ip: string, port: number | string, name?: string): Entry | {};
  empty(): boolean;
  getIp(i: number): string | null;
  getPort(i: number): number | string | null;
  getNextOrFirst(list: List, i: number): [Entry, number];
  on: Classic['on'];
  connect(...given: any[]): Classic;
}

export interface Classic {
  readonly connection: Connection;
  readonly sockets: AugmentedWebSocket[];
  setup(address?: Address | object, ...rest: (number | string | (number | string)[] | Mode | false)[]): Connection;
  connect(...given: any[]): Classic;
  makeSocket(url: Address, callback?: (name: string, about: { name: Address; socket: AugmentedWebSocket; data: any }) => void): AugmentedWebSocket;
  on(channel: string, fn: (event: string, envelope: any, socket: AugmentedWebSocket) => void): Classic;
  on(channel: string, event: string, fn: (envelope: any, socket: AugmentedWebSocket) => void): Classic;
  off(channel: string, fn?: Function): Classic;
  signal(channel: string, event: string, ...rest: (unknown | ((receipt: Receipt) => void))[]): (string | undefined)[] | false;
  answer(envelope: any, data?: unknown): boolean;
  send(message: string, data?: unknown): (string | undefined)[] | false;
  sendToAll(message: string, data?: unknown): (string | undefined)[] | false;
  sendTo(socket: AugmentedWebSocket, message: string, data?: unknown): string | undefined;
}

export interface Pocket {
  /** One connection for many channels. */
  <T = Record<string, {}>>(url?: string, options?: Options): Link<T>;
  socket: Classic;
  webSocket: any;
  websocket: any;
  AddressException: new (message: string, data?: unknown, caption?: string) => Error & { data: unknown; caption: string };
  retryLimit: number;
  retryDelay: number;
  openTimeout: number;
  queueLimit: number;
  paths: string[];
  finalCodes: number[];
  secure: boolean;
  WebSocket: unknown;
}

export const pocket: Pocket;
export default pocket;
