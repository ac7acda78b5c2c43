import type { CalendarDate } from './time';

export type DivisionChangeKind = 'RENAMED' | 'MERGED' | 'SPLIT' | 'RECODED' | 'MOVED';
/**
 * A change whose day and document are known. `until` is the day of approval, from which the successors count; the offices themselves may take
 * months to move (Division Management Regulation art. 15). A code that is its own successor lives on under another name or extent.
 */
export type DivisionChange = Readonly<{
  code: string;
  until: CalendarDate;
  successors: readonly string[];
  kind: DivisionChangeKind;
  source: string;
}>;

/** Dates and documents from the areacodes collection (github.com/yescallop/areacodes, CC0 1.0), which quotes the approvals. */
export const divisionChanges: readonly DivisionChange[] = [
  { code: '511403', until: '1997-12-20', successors: ['500102'], kind: 'MOVED', source: '中办厅字〔1997〕34号' },
  { code: '320304', until: '2010-09-05', successors: ['320302', '320311', '320312'], kind: 'SPLIT', source: '国函〔2010〕90号' },
  { code: '420600', until: '2010-11-26', successors: ['420600'], kind: 'RENAMED', source: '国函〔2010〕129号' },
  { code: '500110', until: '2011-10-22', successors: ['500110'], kind: 'MERGED', source: '国函〔2011〕129号' },
  { code: '500222', until: '2011-10-22', successors: ['500110'], kind: 'MERGED', source: '国函〔2011〕129号' },
  { code: '522400', until: '2011-10-22', successors: ['520500'], kind: 'RECODED', source: '国函〔2011〕130号' },
  { code: '522401', until: '2011-10-22', successors: ['520502'], kind: 'RECODED', source: '国函〔2011〕130号' },
  // Guling and its surroundings went to the new 360483; the rest kept the code.
  { code: '360402', until: '2016-03-20', successors: ['360402'], kind: 'RENAMED', source: '国函〔2016〕58号' },
  { code: '520321', until: '2016-03-20', successors: ['520302', '520303', '520304'], kind: 'SPLIT', source: '国函〔2016〕56号' },
  { code: '371200', until: '2018-12-26', successors: ['370116', '370117'], kind: 'SPLIT', source: '国函〔2018〕163号' },
  { code: '371202', until: '2018-12-26', successors: ['370116'], kind: 'RECODED', source: '国函〔2018〕163号' },
  { code: '371203', until: '2018-12-26', successors: ['370117'], kind: 'RECODED', source: '国函〔2018〕163号' },
  { code: '320602', until: '2020-06-05', successors: ['320613'], kind: 'MERGED', source: '国函〔2020〕79号' },
  { code: '320611', until: '2020-06-05', successors: ['320613'], kind: 'MERGED', source: '国函〔2020〕79号' },
  { code: '320684', until: '2020-06-05', successors: ['320614'], kind: 'RECODED', source: '国函〔2020〕79号' },
  { code: '330103', until: '2021-03-11', successors: ['330105'], kind: 'MERGED', source: '浙政发〔2021〕7号' },
  { code: '330104', until: '2021-03-11', successors: ['330102', '330114'], kind: 'SPLIT', source: '浙政发〔2021〕7号' },
];

/** Names of the codes that are younger than the newest list of the packages. */
export const youngDivisions: Readonly<Record<string, string>> = {
  '460302': '西沙区',
  '460303': '南沙区',
  '540481': '米林市',
  '540581': '错那市',
  '653228': '和康县',
  '653229': '和安县',
  '659012': '白杨市',
};
