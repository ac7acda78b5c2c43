import { dataClasses } from '@guitu/personal-data';
import type { AnyStreamKind } from '@guitu/rescue';
import { everybody } from '../queries/parameters';
import { viewName } from './stream-schemas';

/** One way to read, as the document tells it. Parameters of the address are found in the path. */
export type ReadPath = Readonly<{
  path: string;
  tag: string;
  zh: string;
  en: string;
  parameters: readonly Parameter[];
  /** The component that a body in JSON follows, also to be had as plain text, or the media type of another body. */
  answer: Answer;
  public?: true;
  /** The route reads the read models, which may be behind: `Guitu-Min-Position` is honoured. */
  minPosition?: true;
  /** The route opens personal values: `Guitu-Purpose` says what for. */
  purpose?: true;
  /** The route answers with the version of a stream. */
  versioned?: true;
}>;
export type Answer = Readonly<{ schema: string; also?: 503; text?: true }> | Readonly<{ mediaType: string }>;
export type Parameter = Readonly<{ name: string; en: string; schema: object }>;

const limit: Parameter = { name: 'limit', en: 'Rows of a page.', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } };
const cursor: Parameter = { name: 'cursor', en: 'The `next` of the page before.', schema: { type: 'string', maxLength: 4_000 } };
const page = [limit, cursor];
const oneOf = (name: string, en: string, values: readonly string[]): Parameter => ({ name, en, schema: { type: 'string', enum: values } });

const agencyPages: readonly ReadPath[] = [
  {
    path: '/v1/desk',
    tag: 'agency',
    zh: '本机构待办',
    en: 'What waits for the own agency',
    parameters: [limit],
    answer: { schema: 'DeskView' },
    minPosition: true,
  },
  {
    path: '/v1/duties',
    tag: 'agency',
    zh: '责任时限',
    en: 'Duties owed by or to the own agency, the earliest due first',
    parameters: [
      oneOf('side', 'Who owes.', ['owed-by-me', 'owed-to-me']),
      oneOf('state', 'Which ones; breached ones are still open.', ['open', 'breached', 'closed']),
      { name: 'withinDays', en: 'Open duties due within so many days.', schema: { type: 'integer', minimum: 1, maximum: 366 } },
      ...page,
    ],
    answer: { schema: 'DutyPage' },
    minPosition: true,
  },
  {
    path: '/v1/loops',
    tag: 'agency',
    zh: '书面反馈闭环',
    en: 'Written feedback loops of one side',
    parameters: [
      oneOf('side', '`inflow` sent the letter, `outflow` answers it.', ['inflow', 'outflow']),
      oneOf('state', 'Running or over.', ['running', 'over']),
      ...page,
    ],
    answer: { schema: 'LoopPage' },
    minPosition: true,
  },
  {
    path: '/v1/ledger',
    tag: 'agency',
    zh: '返乡受助人员台账',
    en: 'Ledger of returnees',
    parameters: page,
    answer: { schema: 'LedgerPage' },
    minPosition: true,
    purpose: true,
  },
  {
    path: '/v1/agencies',
    tag: 'agencies',
    zh: '机构名录',
    en: 'Agencies that work today',
    parameters: [
      { name: 'kind', en: 'Kind of agency.', schema: { type: 'string', pattern: '^[A-Z_]{2,40}$' } },
      { name: 'division', en: 'Division code.', schema: { type: 'string', pattern: '^[0-9]{6}$' } },
      ...page,
    ],
    answer: { schema: 'DirectoryPage' },
    minPosition: true,
  },
];

const publicPages: readonly ReadPath[] = [
  {
    path: '/health/live',
    tag: 'service',
    zh: '存活',
    en: 'The process answers',
    parameters: [],
    answer: { schema: 'Liveness' },
    public: true,
  },
  {
    path: '/health/ready',
    tag: 'service',
    zh: '就绪',
    en: 'The service can do its work, or why not',
    parameters: [],
    answer: { schema: 'Readiness', also: 503 },
    public: true,
  },
  {
    path: '/openapi.json',
    tag: 'service',
    zh: '接口文档',
    en: 'This document',
    parameters: [],
    answer: { schema: 'OpenApiDocument' },
    public: true,
  },
  {
    path: '/docs',
    tag: 'service',
    zh: '接口文档页面',
    en: 'This document as a page',
    parameters: [],
    answer: { mediaType: 'text/html' },
    public: true,
  },
  {
    path: '/docs/{file}',
    tag: 'service',
    zh: '页面文件',
    en: 'A file of that page',
    parameters: [],
    answer: { mediaType: '*/*' },
    public: true,
  },
];

const streamPages = (kind: AnyStreamKind): readonly ReadPath[] => {
  const { category, collection, zh } = kind;
  return [
    {
      path: `/v1/${collection}/{id}`,
      tag: collection,
      zh: `${zh}现状`,
      en: `Where the ${category} stands, also in words`,
      parameters: [],
      answer: { schema: viewName(kind) },
      versioned: true,
    },
    {
      path: `/v1/${collection}/{id}/timeline`,
      tag: collection,
      zh: `${zh}经过`,
      en: `Events of the ${category}`,
      parameters: page,
      answer: { schema: 'TimelinePage' },
      minPosition: true,
      purpose: true,
    },
    {
      path: `/v1/${collection}/{id}/events/{eventId}`,
      tag: collection,
      zh: '单个事件',
      en: 'One event',
      parameters: [],
      answer: { schema: 'EventView' },
      purpose: true,
    },
    ...(category === 'case'
      ? [
          {
            path: `/v1/${collection}/{id}/custody`,
            tag: collection,
            zh: '照管链',
            en: 'Who had the person from when to when',
            parameters: page,
            answer: { schema: 'CustodyPage' },
            minPosition: true as const,
          },
          {
            path: `/v1/${collection}/{id}/disclosures`,
            tag: collection,
            zh: '查阅记录',
            en: 'Who read personal values of the case, what for and by which rule',
            parameters: page,
            answer: { schema: 'DisclosurePage' },
            minPosition: true as const,
          },
        ]
      : []),
  ];
};

const commaList = (name: string, en: string, values: readonly string[]): Parameter => ({
  name,
  en: `${en} A list with commas of ${values.join(', ')}; all of them unless said.`,
  schema: { type: 'string', maxLength: 80 },
});

const privacyPages: readonly ReadPath[] = [
  {
    path: '/v1/privacy/{id}/erasure-plan',
    tag: 'privacy',
    zh: '删除预览',
    en: 'What an erasure would destroy; changes nothing',
    parameters: [commaList('persons', 'Of whom.', everybody), commaList('classes', 'Which classes.', dataClasses)],
    answer: { schema: 'ErasurePlan' },
  },
  {
    path: '/v1/privacy/{id}/certificate',
    tag: 'privacy',
    zh: '删除证明',
    en: 'The certificate of an erasure, or how far it has come',
    parameters: [
      { name: 'erasureId', en: 'The newest one unless said.', schema: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$' } },
    ],
    answer: { schema: 'ErasureCertificate', text: true },
  },
];

/** Every route that reads, save the clock of a sandbox. */
export const readPaths = (kinds: readonly AnyStreamKind[]): readonly ReadPath[] => [
  ...agencyPages,
  ...kinds.flatMap(streamPages),
  ...privacyPages,
  ...publicPages,
];
