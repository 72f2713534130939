import { afterEach, describe, expect, it, vi } from 'vitest';
import { client, unwrap } from './client';
import { Problem } from './problem';

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const type = { 'content-type': 'application/problem+json', ...headers };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => new Response(text, { status, headers: type }));
}

async function failure(): Promise<Problem> {
  const error: unknown = await unwrap(client.GET('/v1/session')).catch((thrown: unknown) => thrown);
  if (!(error instanceof Problem)) throw new Error('expected a problem');
  return error;
}

const body = (status: number, code: string, detail = '') => ({
  type: 'about:blank',
  title: 'T',
  status,
  code,
  detail,
});

afterEach(() => vi.restoreAllMocks());

describe('what becomes of a refusal', () => {
  it('leads to sign-in when nobody is signed in', async () => {
    answer(401, body(401, 'unauthorized'));
    expect(await failure()).toMatchObject({ remedy: 'sign-in', title: 'You are not signed in' });
  });

  it('offers to try again when the server is in trouble, after as long as it says', async () => {
    answer(503, body(503, 'unavailable', 'the database is down'), { 'retry-after': '7' });
    expect(await failure()).toMatchObject({
      remedy: 'retry',
      retryAfter: 7,
      message: 'the database is down',
    });
  });

  it('does not offer to repeat what will be refused again', async () => {
    answer(403, body(403, 'forbidden'));
    expect((await failure()).remedy).toBe('none');
  });

  it('keeps the title of a code it does not know', async () => {
    answer(409, body(409, 'something-new'));
    expect(await failure()).toMatchObject({ code: 'something-new', title: 'T' });
  });

  it('makes do with an answer that is no problem document', async () => {
    answer(502, 'Bad Gateway');
    expect(await failure()).toMatchObject({ status: 502, remedy: 'retry' });
  });

  it('says that the server does not answer', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('failed to fetch'));
    expect(await failure()).toMatchObject({ code: 'unreachable', remedy: 'retry' });
  });
});

describe('requests', () => {
  it('carry the header that another site cannot set when they write, and only then', async () => {
    const fetched = answer(200, {});
    await client.DELETE('/v1/session');
    await client.GET('/v1/session');
    const sent = fetched.mock.calls.map(([request]) => (request as Request).headers.get('x-zonecut-request'));
    expect(sent).toEqual(['1', null]);
  });
});
