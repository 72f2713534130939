// RFC 9457 problems: how the server's refusals become sentences that help.

import type { components } from './schema';

export type ProblemBody = components['schemas']['Problem'];

/** What a person can do about a problem. */
export type Remedy = 'retry' | 'sign-in' | 'none';

const TITLES: Record<string, string> = {
  unauthorized: 'You are not signed in',
  forbidden: 'You may not see this',
  csrf: 'The request was not accepted',
  'not-found': 'There is nothing here by that name',
  'precondition-failed': 'Somebody changed this in the meantime',
  'rate-limited': 'Too many requests',
  'breaking-not-paid': 'The change breaks what its version promises',
  'not-publishable': 'The change may not be published like this',
  unavailable: 'The server cannot answer at the moment',
  busy: 'The server has too much to do',
  internal: 'The server made a mistake',
  unreachable: 'The server does not answer',
};

/** A request that did not succeed, with the words to show for it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly retryAfter: number | null;

  constructor(status: number, code: string, title: string, detail: string, retryAfter: number | null = null) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.title = TITLES[code] ?? title;
    this.retryAfter = retryAfter;
  }

  get remedy(): Remedy {
    if (this.status === 401) return 'sign-in';
    return this.status === 0 || this.status === 429 || this.status >= 500 ? 'retry' : 'none';
  }
}

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body;
}

/** The problem in an answer that was not a success. `body` is whatever could be read of it. */
export function problemFrom(response: Response, body: unknown): Problem {
  const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  const wait = Number.isNaN(retryAfter) ? null : retryAfter;
  if (isProblemBody(body)) {
    return new Problem(response.status, body.code, body.title, body.detail ?? '', wait);
  }
  const code = response.status === 401 ? 'unauthorized' : response.status >= 500 ? 'internal' : 'unexpected';
  return new Problem(response.status, code, `The server answered ${response.status}`, '', wait);
}

/** Anything thrown on the way to an answer, as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, 'unreachable', '', 'Check that it runs and that the network reaches it.');
}
