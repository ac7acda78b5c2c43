import { Refusal } from '../refusal';
import type { StreamKind } from '../stream-kind';
import type { AgencyId, Command, Event, Personal } from '../words';

/** One agency lends another a wheelchair: a kind of stream that exists in specs only, to show what every kind gets without a line of its own. */
export type Loan = Readonly<{ lender: AgencyId | null; borrower: AgencyId | null; sealed: boolean; closed: boolean }>;
type Lent = Event<'Lent', { to: AgencyId; witnesses?: readonly AgencyId[]; note?: Personal<'narrative'> }>;
type GivenBack = Event<'GivenBack', { whole: boolean }>;
type Lost = Event<'Lost', { reason: string }>;
type LoanEvent = Lent | GivenBack | Lost;
type Lend = Command<'Lend', Lent['data']>;
type GiveBack = Command<'GiveBack', GivenBack['data']>;
type ReportLoss = Command<'ReportLoss', Lost['data']>;
type Count = Command<'Count', Record<string, never>>;

export const loanStream: StreamKind<Loan, LoanEvent, Lend | GiveBack | ReportLoss | Count> = {
  category: 'loan',
  collection: 'loans',
  zh: '借用',
  initial: { lender: null, borrower: null, sealed: false, closed: false },
  events: {
    Lent: {
      zh: '借出',
      basis: 'spec',
      sealed: { note: 'narrative' },
      parties: { to: true, witnesses: true },
      apply: (loan, { to }, { by }) => ({ ...loan, lender: by, borrower: to }),
    },
    GivenBack: { zh: '归还', basis: 'spec', apply: (loan) => ({ ...loan, closed: true }) },
    Lost: { zh: '遗失', basis: 'spec', apply: (loan) => ({ ...loan, closed: true }) },
  },
  commands: {
    Lend: { zh: '借出', by: ['STATION'], opens: 'first', decide: ({ data }) => [{ type: 'Lent', data }] },
    GiveBack: { zh: '归还', by: [], decide: ({ data }, { closed }) => (closed ? [] : [{ type: 'GivenBack', data }]) },
    ReportLoss: { zh: '报失', by: [], decide: ({ data }) => [{ type: 'Lost', data }] },
    Count: { zh: '盘点', by: [], opens: 'any', role: 'system', decide: () => [] },
  },
  duties: [
    {
      key: 'D-X',
      zh: '归还',
      en: 'give the wheelchair back',
      basis: 'spec',
      force: 'ordinary',
      limit: 'duty.D-F2',
      opens: { Lent: ({ data, meta }) => ({ owedBy: data.to, owedTo: meta.by }) },
      dischargedBy: { GivenBack: ({ data }) => data.whole },
      lapsesOn: { Lost: true },
    },
    {
      key: 'D-Y',
      zh: '回电',
      en: 'say that it came',
      basis: 'spec',
      force: 'hard',
      limit: 'duty.D-P2',
      opens: { Lent: ({ data, meta }) => ({ owedBy: data.to, owedTo: meta.by }) },
      dischargedBy: { GivenBack: true },
    },
  ],
  guard: ({ type }, { closed }) => {
    if (closed && type === 'ReportLoss') throw new Refusal('CASE-ARCHIVED', 'The loan is over.');
  },
};
