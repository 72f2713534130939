// The one way to the server: typed by the OpenAPI document, every failure a `Problem`.

import createClient from 'openapi-fetch';
import { asProblem, problemFrom } from './problem';
import type { paths } from './schema';

export const client = createClient<paths>({
  baseUrl: window.location.origin,
  // Looked up on every call, so that a test can put its own in place.
  fetch: (request) => globalThis.fetch(request),
});

client.use({
  onRequest({ request }) {
    // A form on another site can send our cookie, but not this header.
    if (request.method !== 'GET') request.headers.set('X-Zonecut-Request', '1');
    return request;
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The data of an answer; anything else is thrown as a `Problem`. Where the server could also answer with
 * text (a document, a log to keep), we have not asked for it.
 */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<Exclude<T, string>> {
  const answer = await call.catch((error: unknown) => {
    throw asProblem(error);
  });
  if (!answer.response.ok) throw problemFrom(answer.response, answer.error);
  return answer.data as Exclude<T, string>;
}
