import { Refusal, refusals, type RefusalCode } from '@guitu/rescue';
import { edgeCodes, meaningOf, problemCodes } from './problem-codes';
import { languageOf, MAX_FAULTS, Problem, problemBody } from './problem';
import { problemOf } from './problem-of';

const refused = (code: RefusalCode): Problem => problemOf(new Refusal(code, 'The rule says why.'));

describe('the closed list of codes', () => {
  it('holds every refusal of the domain, each with a status from 400 to 499 and a Chinese title', () => {
    for (const code of Object.keys(refusals) as RefusalCode[]) {
      const { status } = refused(code);
      expect([code, status >= 400 && status < 500]).toEqual([code, true]);
      expect(meaningOf(code).zh).toMatch(/\p{Script=Han}/u);
    }
  });

  it('names each code once, with a title in both languages', () => {
    expect(new Set(problemCodes).size).toBe(problemCodes.length);
    for (const { zh, en } of Object.values(edgeCodes)) expect([zh.length > 0, en.length > 0]).toEqual([true, true]);
  });
});

describe('a refusal', () => {
  it.each([
    ['illegal-transition', 409],
    ['loop-already-closed', 409],
    ['ACT-WRONG-KIND', 403],
    ['validation-failed', 422],
    ['FBK-WRONG-ADDRESSEE', 422],
    ['TIM-BACKFILL-NO-REASON', 422],
    ['LOOP-CLOSE-INCOMPLETE', 409],
  ] as const)('%s is answered with %i', (code, status) => {
    expect([refused(code).code, refused(code).status]).toEqual([code, status]);
  });

  it('of a time in the future is implausible-time, and still names its rule', () => {
    const problem = refused('TIM-FUTURE');
    expect([problem.code, problem.status, problem.more.members]).toEqual(['implausible-time', 422, { refusal: 'TIM-FUTURE' }]);
  });

  it('points into the data, or beside it for what the envelope says', () => {
    const at = (pointer: string): unknown => problemOf(new Refusal('TIM-ORDER', 'No.', { pointer })).more.faults?.[0]?.pointer;
    expect([at('/to'), at('/occurredAt'), at('/backfillReason')]).toEqual(['/data/to', '/occurredAt', '/backfillReason']);
  });

  it.each([
    'No agency x420821195405143875 works today.',
    'There is no letter 13912345678.',
    'There is no loop p-139-1234-5678 in this case.',
  ])("does not repeat a number that could be somebody's: %s", (message) => {
    const problem = problemOf(new Refusal('unknown-reference', message, { pointer: '/to' }));
    expect(JSON.stringify(problemBody(problem, 'r1', 'en'))).not.toMatch(/\d{4}-?\d{4}/);
    expect(problem.more.faults?.[0]?.pointer).toBe('/data/to');
  });

  it('keeps the words of a rule that speaks of days and divisions', () => {
    const message = 'Division 320585 was not in force on 2020-10-12.';
    expect(problemOf(new Refusal('division-not-in-force', message)).more.en).toBe(message);
  });

  it('tells what is allowed, missing or expected', () => {
    const problem = problemOf(
      new Refusal('illegal-transition', 'Not now.', { allowed: ['AcceptHandover'], missing: ['visit'], expected: 'x' }),
    );
    expect(problem.more.members).toEqual({ refusal: 'illegal-transition', allowed: ['AcceptHandover'], missing: ['visit'], expected: 'x' });
  });
});

describe('a fault of the database', () => {
  it.each(['53100', '53300', '08006', '57P01', '58030', '25006', 'ECONNREFUSED'])(
    '%s means to come again later with the same key',
    (code) => {
      const problem = problemOf(Object.assign(new Error('could not extend file "hidden"'), { code }));
      expect([problem.code, problem.status, problem.more.headers]).toEqual(['store-unavailable', 503, { 'retry-after': '1' }]);
    },
  );

  it.each(['23505', '42P01', 'ENOENT'])('%s is a fault of ours', (code) => {
    expect(problemOf(Object.assign(new Error('no'), { code })).code).toBe('internal-error');
  });
});

describe('the body of a problem', () => {
  it('is Chinese unless English is preferred', () => {
    expect(['zh', 'en', 'en-GB,en;q=0.9', 'zh;q=0.9,en;q=0.8', 'en;q=0.5,*;q=0.9', undefined, 'en;q=0', '*'].map(languageOf)).toEqual([
      'zh',
      'en',
      'en',
      'zh',
      'zh',
      'zh',
      'zh',
      'zh',
    ]);
  });

  it('has the members of RFC 9457 and at most 50 faults', () => {
    const faults = Array.from({ length: MAX_FAULTS + 1 }, (_, index) => ({ pointer: `/data/${index}`, rule: 'type', message: 'No.' }));
    const body = problemBody(new Problem('validation-failed', { faults }), 'r1', 'en');
    expect(body).toMatchObject({
      type: 'https://errors.example.gov.cn/validation-failed',
      status: 400,
      code: 'validation-failed',
      instance: 'urn:request:r1',
      truncated: true,
    });
    expect(body['errors']).toHaveLength(MAX_FAULTS);
  });

  it('of an unexpected error says nothing of what it was', () => {
    const body = JSON.stringify(problemBody(problemOf(new Error('connect ECONNREFUSED 10.1.2.3 secret')), 'r1', 'en'));
    expect(body).toContain('internal-error');
    expect(body).not.toMatch(/secret|10\.1/);
  });
});
