import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openSandboxIssuer, parseAgencies, registerAgencies, SandboxClient, type Answer, type SandboxIssuer } from '@guitu/sandbox';
import { isInstant } from '@guitu/standards';
import { type Command, Option } from 'commander';
import { BadUse, Refused } from './failures';
import { show, withCommonOptions, type CommonOptions, type Session } from './session';
import { momentInWords } from './words';

const exampleUrl = 'http://127.0.0.1:3000';
const roles = ['staff', 'registrar', 'auditor'] as const;
const operator = { agency: 'sandbox', role: 'registrar' } as const;

type AgenciesOptions = CommonOptions & Readonly<{ url?: string; file?: string }>;
type TokenOptions = CommonOptions & Readonly<{ agency: string; role: (typeof roles)[number]; user?: string }>;
type ClockOptions = CommonOptions & Readonly<{ url?: string; to?: string }>;

/** What makes and moves a sandbox. A live data folder refuses all of it. */
export function addSandbox(program: Command, session: Session): void {
  const sandbox = program.command('sandbox').summary('沙盒 invented agencies, tokens and the clock of a sandbox; refused on live data');
  withCommonOptions(sandbox.command('agencies'))
    .description('登记故事中的机构 registers the invented agencies over HTTP; those that exist stay as they are')
    .option('--url <url>', '沙盒地址 where the sandbox answers (GUITU_HOST and GUITU_PORT)')
    .option('--file <file>', '机构清单 another list than samples/stories/agencies.yaml')
    .action((options: AgenciesOptions) => agencies(session, options));
  withCommonOptions(sandbox.command('token'))
    .description('签发沙盒令牌 prints a token that is good for a day')
    .requiredOption('--agency <id>', '机构 the agency that the token speaks for')
    .addOption(new Option('--role <role>', '角色 what the token may do').choices(roles).default('staff'))
    .option('--user <user>', '经办人编号 staff number')
    .action((options: TokenOptions) => token(session, options));
  withCommonOptions(sandbox.command('clock'))
    .description('查看或拨动沙盒时钟 tells the hand-moved clock, or moves it forwards')
    .option('--url <url>', '沙盒地址 where the sandbox answers (GUITU_HOST and GUITU_PORT)')
    .option('--to <time>', '拨到 move it to this time with offset')
    .action((options: ClockOptions) => clock(session, options));
}

async function agencies(session: Session, options: AgenciesOptions): Promise<void> {
  const issuer = await issuerOf(session, options);
  const rows = parseAgencies(readList(options.file ?? shippedList()));
  const registered = await registerAgencies(clientFor(session, options, issuer), rows);
  show(
    session,
    options,
    { registered, known: rows.length - registered },
    (told) => `登记机构 ${told.registered}，已有 ${told.known} registered / known`,
  );
}

async function token(session: Session, options: TokenOptions): Promise<void> {
  const { agency, role, user } = options;
  const issuer = await issuerOf(session, options);
  const signed = await issuer.token({ agency, role, ...(user === undefined ? {} : { user }) });
  show(session, options, { agency, role, token: signed }, (told) => told.token);
}

async function clock(session: Session, options: ClockOptions): Promise<void> {
  if (options.to !== undefined && !isInstant(options.to))
    throw new BadUse(`--to 要求带时区的时间 wants a time with offset, not ${options.to}.`);
  const client = clientFor(session, options, await issuerOf(session, options));
  if (options.to !== undefined) accepted(await client.post(operator, '/v1/sandbox/clock', { body: { now: options.to } }));
  const { now } = accepted(await client.get(operator, '/v1/sandbox/clock')) as Readonly<{ now: string }>;
  show(session, options, { now }, (told) => `沙盒时钟 ${momentInWords(told.now)}（${told.now}）`);
}

/** @throws Refused on a live data folder, BadUse where no service has worked yet */
function issuerOf(session: Session, options: CommonOptions): Promise<SandboxIssuer> {
  const { path: folder, mode } = session.dataFolder(options);
  if (mode === 'live') throw new Refused(`${folder} 为正式数据 belongs to a live service: sandbox commands are refused.`);
  if (mode === undefined) throw new BadUse(`${folder} 不是沙盒的数据目录 is not the data folder of a sandbox; name it with --data-folder.`);
  return openSandboxIssuer(folder);
}

/** Speaks to the sandbox of `--url`, else to the one of the settings. */
const clientFor = (session: Session, options: CommonOptions & Readonly<{ url?: string }>, issuer: SandboxIssuer): SandboxClient =>
  new SandboxClient(baseOf(options.url ?? session.serviceUrl(options)), issuer);

function accepted({ status, body }: Answer): Readonly<Record<string, unknown>> {
  if (status < 300) return body;
  throw new Refused(`沙盒拒绝 the sandbox refused: ${status} ${String(body['detail'] ?? body['title'] ?? body['code'] ?? '')}`);
}

function baseOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new BadUse(`--url 要求网址 wants an address like ${exampleUrl}.`);
  return url.replace(/\/+$/, '');
}

function readList(file: string): string {
  if (!existsSync(file)) throw new BadUse(`没有机构清单 there is no list of agencies ${file}.`);
  return readFileSync(file, 'utf8');
}

/** Beside the sources and beside the built program. */
function shippedList(): string {
  const places = ['../../..', '../../../..'].map((up) => path.resolve(__dirname, up, 'samples/stories/agencies.yaml'));
  return places.find((file) => existsSync(file)) ?? (places[0] as string);
}
