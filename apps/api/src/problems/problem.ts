import { meaningOf, type ProblemCode } from './problem-codes';

/** One fault of a request. `pointer` is a JSON pointer into the body, or the name of a parameter; the value itself is never repeated. */
export type Fault = Readonly<{ pointer: string; rule: string; message: string }>;

/** How many faults are told at once. */
export const MAX_FAULTS = 50;

export type ProblemMore = Readonly<{
  /** Instead of the status that the code has. */
  status?: number;
  /** What exactly is wrong, in both languages; never a value of the request. */
  zh?: string;
  en?: string;
  faults?: readonly Fault[];
  /** Further members of the answer. */
  members?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
}>;

/** A request that cannot be answered as asked; becomes `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    readonly more: ProblemMore = {},
  ) {
    super(code);
    this.name = 'Problem';
    this.status = more.status ?? meaningOf(code).status;
  }
}

export type Language = 'zh' | 'en';

/** Chinese unless the caller prefers English (`Accept-Language`, RFC 9110). */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined || acceptLanguage.length > 200) return 'zh';
  const wanted = acceptLanguage.split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((text) => /^\s*q=([01](?:\.\d{0,3})?)$/.exec(text)?.[1]).find((q) => q !== undefined);
    return { tag: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
  });
  const best = (tag: string): number => Math.max(0, ...wanted.filter((one) => one.tag === tag).map(({ quality }) => quality));
  return best('en') > Math.max(best('zh'), best('*')) ? 'en' : 'zh';
}

const TYPE_BASE = 'https://errors.example.gov.cn/';

/** The body of the answer. */
export function problemBody(problem: Problem, requestId: string, language: Language): Readonly<Record<string, unknown>> {
  const { code, status, more } = problem;
  const meaning = meaningOf(code);
  const title = meaning[language];
  const faults = more.faults ?? [];
  return {
    type: `${TYPE_BASE}${code}`,
    title,
    status,
    code,
    detail: more[language] ?? more.en ?? title,
    instance: `urn:request:${requestId}`,
    ...more.members,
    ...(faults.length > 0 ? { errors: faults.slice(0, MAX_FAULTS) } : {}),
    ...(faults.length > MAX_FAULTS ? { truncated: true } : {}),
  };
}
