import { BadStory, parseStory, storyInstant } from './parse-story';

const faultsOf = (text: string): readonly string[] => {
  try {
    parseStory('bad.yaml', text);
  } catch (error) {
    if (error instanceof BadStory) return error.faults;
    throw error;
  }
  return [];
};
const story = (...steps: readonly string[]): string => ['name: S', 'title: 题', 'steps:', ...steps].join('\n');

describe('Reading a story', () => {
  it('a step says what happens, when, who does it and what must be true then', () =>
    expect(
      parseStory(
        's.yaml',
        story(
          '  - what: 登记',
          '    at: 2020-10-12 08:40',
          '    by: taicang-police',
          '    do: RecordEncounter',
          '    data: { source: POLICE_PATROL }',
          '    then: { custody: taicang-police, due: { D-P1: 2020-10-12 10:40 }, breached: [] }',
        ),
      ),
    ).toEqual({
      name: 'S',
      title: '题',
      steps: [
        {
          line: 4,
          what: '登记',
          at: '2020-10-12T08:40:00+08:00',
          case: 'main',
          by: 'taicang-police',
          command: 'RecordEncounter',
          data: { source: 'POLICE_PATROL' },
          then: { custody: 'taicang-police', due: { 'D-P1': '2020-10-12 10:40' }, breached: [] },
        },
      ],
    }));

  it('a step may come later than what it tells, with its reason, in another case, and be refused', () =>
    expect(
      parseStory(
        's.yaml',
        story(
          '  - { what: 补录, at: 2020-10-14 09:00, occurredAt: 2020-10-12 08:40, backfillReason: 停电, case: 二, by: a, do: B, refused: X }',
        ),
      ).steps[0],
    ).toMatchObject({ case: '二', occurredAt: '2020-10-12T08:40:00+08:00', backfillReason: '停电', refused: 'X', data: {} }));

  it('an agency decides about the personal data of a case beside it', () => {
    const step = '  - { what: 保全, at: 2021-03-01 09:00, in: privacy, by: a, do: PlaceLegalHold }';
    expect(parseStory('s.yaml', story(step)).steps[0]).toMatchObject({ in: 'privacy', by: 'a', command: 'PlaceLegalHold' });
    const fault = ['line 4: in says privacy, where an agency decides about the personal data of a case'];
    expect(faultsOf(story(step.replace('privacy', 'audits')))).toEqual(fault);
    expect(faultsOf(story('  - { what: 保全, at: 2021-03-01 09:00, in: privacy, agency: a, do: B }'))).toEqual(fault);
  });

  it('the registrar gives the commands of an agency', () => {
    expect(
      parseStory('s.yaml', story('  - { what: 设站, at: 2021-03-01 09:00, agency: luyi-station, do: RegisterAgency }')).steps[0],
    ).toMatchObject({ agency: 'luyi-station', command: 'RegisterAgency' });
    expect(faultsOf(story('  - { what: 设站, at: 2021-03-01 09:00, agency: luyi-station, by: me, do: RegisterAgency }'))).toEqual([
      'line 4: the registrar gives the commands of an agency: do, and no by',
    ]);
  });

  it('every fault is named with its line', () =>
    expect(
      faultsOf(
        story(
          '  - what: 一',
          '    at: yesterday',
          '    by: a',
          '    colour: red',
          '  - at: 2020-10-12 08:40',
          '    then: { mood: good, met: D-F1 }',
          '  - { what: 三, at: 2020-10-11 08:40, then: {} }',
          '  - { what: 四, at: 2020-10-12 08:40 }',
        ),
      ),
    ).toEqual([
      'line 4: at is no moment like 2020-10-12 08:40',
      'line 4: unknown field colour',
      'line 4: a step does something or expects something',
      'line 4: by and do come together',
      'line 8: unknown expectation mood',
      'line 8: met must be a list',
      'line 8: what is missing',
      'line 11: a step does something or expects something',
      'line 10: at is earlier than the step before',
    ]));

  it('a file that is no YAML is refused with the line', () => expect(faultsOf('name: S\ntitle: [\nsteps: }')[0]).toMatch(/^line [23]: /));
  it.each(['', 'name: S\ntitle: T\nsteps: []', '[]', 'name: 1\ntitle: T\nsteps: [1]'])(
    'a file without name, title or steps is refused: %j',
    (text) => expect(faultsOf(text)).toEqual(['A story has a name, a title and steps.']),
  );
  it('a step that is no block is refused', () => expect(faultsOf(story('  - hello'))).toContain('line 0: what is missing'));
});

describe('Moments in a story', () => {
  it('are China’s time unless they say otherwise', () => {
    expect(storyInstant('2020-10-12 08:40')).toBe('2020-10-12T08:40:00+08:00');
    expect(storyInstant('2020-10-12 08:40:01')).toBe('2020-10-12T08:40:01+08:00');
    expect(storyInstant('2020-10-12T00:40:00Z')).toBe('2020-10-12T00:40:00Z');
  });
  it.each(['2020-10-12', '2020-02-30 08:40', '2020-10-12 24:00', 5, undefined])('%j is none', (text) =>
    expect(storyInstant(text)).toBeUndefined(),
  );
});
