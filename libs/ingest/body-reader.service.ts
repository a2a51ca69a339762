import { promisify } from 'node:util';
import { gunzip, inflate, zstdDecompress } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { BodyError } from './body-error.js';
import { LIMITS } from './limits.js';

/** What of a request matters here. */
export interface IncomingBody extends AsyncIterable<Buffer> {
  headers: { 'content-encoding'?: string | undefined; 'content-length'?: string | undefined };
}

const INFLATERS = { gzip: promisify(gunzip), deflate: promisify(inflate), zstd: promisify(zstdDecompress) };

/** Reads HTTP bodies within bounds: each one, before and after decompression, and all of them together. */
@Injectable()
export class BodyReader {
  private held = 0;

  /**
   * The body is held until its use ends.
   * @throws BodyError 413 when it is too large, 415 for an unknown encoding, 400 when it is damaged, 429 while too many are held
   */
  async use<T>(request: IncomingBody, use: (body: Buffer) => Promise<T>): Promise<T> {
    const { 'content-encoding': encoding = 'identity', 'content-length': length } = request.headers;
    if (Number(length ?? 0) > LIMITS.body) throw tooLarge();
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of request) {
        size += this.hold(chunk);
        if (size > LIMITS.body) throw tooLarge();
        chunks.push(chunk);
      }
      const sent = Buffer.concat(chunks);
      const body = await inflated(encoding, sent);
      if (body !== sent) size += this.hold(body);
      return await use(body);
    } finally {
      this.held -= size;
    }
  }

  private hold({ length }: Buffer): number {
    if (this.held + length > LIMITS.bodies) throw new BodyError(429, 'Too many bodies are being read; come again.');
    this.held += length;
    return length;
  }
}

async function inflated(encoding: string, body: Buffer): Promise<Buffer> {
  if (encoding === 'identity') return body;
  if (!isEncoding(encoding))
    throw new BodyError(415, `The content encoding ${encoding} is not known: use gzip, deflate or zstd.`);
  try {
    return await INFLATERS[encoding](body, { maxOutputLength: LIMITS.body });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new BodyError(400, `The body is no whole ${encoding}.`);
  }
}

function isEncoding(name: string): name is keyof typeof INFLATERS {
  return Object.hasOwn(INFLATERS, name);
}

function tooLarge(): BodyError {
  return new BodyError(413, `A body may have ${LIMITS.body} bytes, before and after decompression.`);
}
