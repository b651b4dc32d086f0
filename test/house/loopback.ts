/** A mirror on this machine that can be told to misbehave, and archives for it to send. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Mirror {
  address: string;
  /** The ranges it was asked for, '' where it was asked for the whole. */
  asked: string[];
}

/** Answers the first request by the first handler, and so on; the last one answers all that follow. */
export async function mirror(...handlers: Handler[]): Promise<Mirror> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const handler = handlers[Math.min(asked.length, handlers.length - 1)];
    asked.push(request.headers.range ?? '');
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`, asked };
}

/** As a good server does: the whole, or what is left of it from the byte asked for. */
export const sends = (bytes: Uint8Array): Handler => begins(bytes, (rest, response) => response.end(rest));

/** Begins a good answer, and lets `go` do with the bytes what it likes. */
function begins(bytes: Uint8Array, go: (rest: Uint8Array, response: ServerResponse) => void): Handler {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (start > 0) response.setHeader('content-range', `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': bytes.length - start });
    go(bytes.subarray(start), response);
  };
}

/** Breaks off after so many bytes, when `arrived` says that all of them have reached the other side's disk. */
export const cutsOff = (bytes: Uint8Array, after: number, arrived: () => number): Handler =>
  begins(bytes, (rest, response) => {
    response.write(rest.subarray(0, after));
    const timer = setInterval(() => {
      if (arrived() < bytes.length - rest.length + after) return;
      clearInterval(timer);
      response.destroy();
    }, 5);
  });

/** Says nothing more after so many bytes. */
export const stalls = (bytes: Uint8Array, after: number): Handler =>
  begins(bytes, (rest, response) => response.write(rest.subarray(0, after)));

/** Takes its time: so many bytes every ten milliseconds. */
export const drips = (bytes: Uint8Array, step: number): Handler =>
  begins(bytes, (rest, response) => {
    let position = 0;
    const timer = setInterval(() => {
      response.write(rest.subarray(position, position + step));
      position += step;
      if (position < rest.length) return;
      clearInterval(timer);
      response.end();
    }, 10);
    response.on('close', () => clearInterval(timer));
  });

/** Answers nobody before so many have asked. */
export function together(count: number, handler: Handler): Handler {
  const waiting: Parameters<Handler>[] = [];
  return (...asking) => {
    waiting.push(asking);
    if (waiting.length >= count) for (const one of waiting.splice(0)) handler(...one);
  };
}

/** Sends the whole, whatever it is asked for. */
export const ignoresRange =
  (bytes: Uint8Array): Handler =>
  (_, response) =>
    response.end(bytes);

/** Sends these bytes without saying how many they are. */
export const sendsUnannounced =
  (bytes: Uint8Array): Handler =>
  (_, response) => {
    response.write(bytes.subarray(0, 1)); // so that Node cannot count them
    response.end(bytes.subarray(1));
  };

export const answers =
  (status: number, headers: Record<string, string> = {}, body: Uint8Array | string = ''): Handler =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

export interface TarEntry {
  name: string;
  bytes?: string;
  /** A file unless given. */
  type?: string;
}

/** A tar archive with what ends one. */
export function tar(entries: TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarMember), Buffer.alloc(1024)]);
}

function tarMember({ name, bytes = '', type = '0' }: TarEntry): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(name, 0);
  header.write(octal(Buffer.byteLength(bytes), 11), 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(
    octal(
      header.reduce((sum, byte) => sum + byte),
      6,
    ),
    148,
  );
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(bytes) / 512) * 512);
  body.write(bytes);
  return Buffer.concat([header, body]);
}
