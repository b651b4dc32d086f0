/**
 * One question to a mirror: redirects are followed, silence has a limit, and an answer that cannot be the file is
 * refused before any of it is taken.
 */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';

/** What went wrong with a mirror, as a sentence about it; `lasting` when asking again would be of no use. */
export class Trouble extends Error {
  constructor(
    message: string,
    readonly lasting = false,
  ) {
    super(message);
  }
}

export interface Question {
  address: string;
  /** The first byte that is wanted. */
  start: number;
  /** Of the whole file. */
  bytes: number;
}

export interface Terms {
  /** Milliseconds without a single byte, from the first attempt to connect on. */
  silence: number;
  signal: AbortSignal;
}

export interface Answer {
  /** Where the bytes begin: not where they were asked for when the mirror only gives whole files. */
  start: number;
  chunks: AsyncIterable<Uint8Array>;
}

const MOST_REDIRECTS = 5;

export async function ask(question: Question, terms: Terms): Promise<Answer> {
  let url = new URL(question.address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await send(url, question.start, terms);
    try {
      const { statusCode = 0, headers } = response;
      if ([200, 206].includes(statusCode)) return { start: startOf(response, question), chunks: chunksOf(response) };
      if (![301, 302, 303, 307, 308].includes(statusCode)) throw refusal(response);
      response.destroy();
      url = redirected(url, headers.location);
    } catch (error) {
      response.destroy();
      throw error;
    }
  }
  throw new Trouble(`it redirects more than ${MOST_REDIRECTS} times`, true);
}

function send(url: URL, start: number, { silence, signal }: Terms): Promise<IncomingMessage> {
  const headers: http.OutgoingHttpHeaders = { 'user-agent': 'npm run datasets', 'accept-encoding': 'identity' };
  if (start > 0) headers.range = `bytes=${start}-`;
  return new Promise((resolve, reject) => {
    const { get } = url.protocol === 'https:' ? https : http;
    const request = get(url, { headers, signal, timeout: silence, agent: false });
    let response: IncomingMessage | undefined;
    request.on('response', (message) => {
      response = message;
      resolve(message);
    });
    request.on('timeout', () => {
      (response ?? request).destroy(new Trouble(`nothing has come for ${silence / 1000} seconds`));
    });
    request.on('error', (error) => reject(asTrouble(error)));
  });
}

/** Where a redirect leads; never from https to a connection that anyone on the way could change. */
export function redirected(from: URL, location = ''): URL {
  if (location === '' || !URL.canParse(location, from)) throw new Trouble('it redirects to no address', true);
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== from.protocol)
    throw new Trouble(`it redirects from ${from.protocol} to ${to.protocol}`, true);
  return to;
}

function refusal({ statusCode = 0, statusMessage }: IncomingMessage): Trouble {
  const passing = statusCode >= 500 || statusCode === 408 || statusCode === 429;
  return new Trouble(`it answers ${statusCode} ${statusMessage}`.trimEnd(), !passing);
}

/** Where the bytes of this answer begin, when it is the right number of bytes of a file of the right length. */
function startOf({ statusCode, headers }: IncomingMessage, { start, bytes }: Question): number {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  const isPart = statusCode === 206;
  if (isPart && (Number(range?.[1]) !== start || ![String(bytes), '*'].includes(range?.[2] ?? '')))
    throw new Trouble('it sends another part of the file than the one it was asked for', true);
  const expected = isPart ? bytes - start : bytes;
  const announced = headers['content-length'];
  if (announced !== undefined && Number(announced) !== expected)
    throw new Trouble(`it announces ${announced} bytes instead of ${expected}`, true);
  return isPart ? start : 0;
}

async function* chunksOf(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* response;
  } catch (error) {
    throw asTrouble(error);
  }
}

const REASONS: Record<string, string> = {
  ENOTFOUND: 'there is no such host, or no network',
  EAI_AGAIN: 'there is no such host, or no network',
  ENETUNREACH: 'it cannot be reached',
  EHOSTUNREACH: 'it cannot be reached',
  ETIMEDOUT: 'it cannot be reached',
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'it broke off',
};

function asTrouble(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new Trouble(REASONS[code] ?? message);
}
