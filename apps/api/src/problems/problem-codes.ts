import { refusals, type RefusalCode } from '@guitu/rescue';

/** What one code means: its status, and its title in Chinese and English. */
export type CodeMeaning = Readonly<{ status: number; zh: string; en: string }>;

/** The codes of HTTP itself; those of the domain's rules stand in `refusals`. Together they are the closed list. */
export const edgeCodes = {
  'malformed-json': { status: 400, zh: '请求正文不是合法的 JSON', en: 'The body is not JSON' },
  'body-required': { status: 400, zh: '缺少请求正文', en: 'A body is required' },
  'unsupported-media-type': { status: 415, zh: '不支持的内容类型', en: 'This content type is not supported' },
  'unsupported-charset': { status: 415, zh: '不支持的字符编码', en: 'This charset is not supported' },
  'invalid-utf8': { status: 400, zh: '正文不是合法的 UTF-8', en: 'The body is not UTF-8' },
  'duplicate-json-key': { status: 400, zh: 'JSON 键重复', en: 'A JSON key appears twice' },
  'json-too-deep': { status: 400, zh: 'JSON 嵌套过深', en: 'The JSON is nested too deeply' },
  'payload-too-large': { status: 413, zh: '请求正文过大', en: 'The body is too large' },
  'unknown-field': { status: 400, zh: '含有未定义的字段', en: 'There is a field that nobody defined' },
  'forbidden-field': { status: 400, zh: '含有禁止使用的字段名', en: 'A field has a forbidden name' },
  'invalid-unicode': { status: 400, zh: '文本含有不允许的字符', en: 'A text holds characters that are not allowed' },
  'validation-failed': { status: 400, zh: '填报内容不符合规则', en: 'The content does not follow the rules' },
  'idempotency-key-required': { status: 400, zh: '缺少幂等键 Idempotency-Key', en: 'An Idempotency-Key is required' },
  'idempotency-key-invalid': { status: 400, zh: '幂等键不合规范', en: 'The Idempotency-Key is not valid' },
  'idempotency-key-reused': { status: 422, zh: '幂等键已用于其他请求', en: 'The Idempotency-Key was used for another request' },
  'request-in-progress': { status: 409, zh: '相同幂等键的请求正在处理', en: 'A request with this Idempotency-Key is being worked on' },
  'precondition-invalid': { status: 400, zh: 'If-Match 不合规范', en: 'If-Match is not valid' },
  'version-conflict': { status: 412, zh: '版本已变化', en: 'The version has changed' },
  'invalid-identifier': { status: 400, zh: '标识符不合规范', en: 'The identifier is not valid' },
  'not-found': { status: 404, zh: '未找到', en: 'Not found' },
  'method-not-allowed': { status: 405, zh: '不允许的请求方法', en: 'This method is not allowed here' },
  'token-required': { status: 401, zh: '缺少访问令牌', en: 'An access token is required' },
  'token-invalid': { status: 401, zh: '访问令牌无效', en: 'The access token is not valid' },
  forbidden: { status: 403, zh: '无权进行此操作', en: 'This is not allowed for the caller' },
  'duplicate-parameter': { status: 400, zh: '查询参数重复', en: 'A query parameter appears twice' },
  'unknown-parameter': { status: 400, zh: '未定义的查询参数', en: 'A query parameter is unknown' },
  'invalid-parameter': { status: 400, zh: '查询参数不合规范', en: 'A query parameter is not valid' },
  'purpose-required': { status: 400, zh: '须说明查阅个人信息的用途', en: 'The purpose of reading personal values must be stated' },
  'purpose-invalid': {
    status: 400,
    zh: '查阅用途不在清单内，或不适用于该角色',
    en: 'This purpose is not on the list, or not for this role',
  },
  'cursor-invalid': { status: 400, zh: '翻页标记无效', en: 'The cursor is not valid' },
  'cursor-expired': { status: 410, zh: '翻页标记已过期', en: 'The cursor has expired' },
  'projection-behind': { status: 503, zh: '查询数据尚未更新到指定位置', en: 'The read models have not reached that position yet' },
  'store-unavailable': { status: 503, zh: '事件库暂不可用', en: 'The event log is not available' },
  'audit-unavailable': {
    status: 503,
    zh: '无法写入访问审计，未提供任何个人信息',
    en: 'The record of who reads could not be written; nothing was released',
  },
  'outcome-unknown': {
    status: 503,
    zh: '结果未知，请用同一幂等键重试',
    en: 'It is not known whether it was recorded: send it again with the same key',
  },
  'request-timeout': { status: 408, zh: '请求超时', en: 'The request took too long to arrive' },
  'headers-too-large': { status: 431, zh: '请求头过大', en: 'The headers are too large' },
  'malformed-request': { status: 400, zh: '请求不合 HTTP 规范', en: 'The request is not HTTP' },
  'not-ready': { status: 503, zh: '服务未就绪', en: 'The service is not ready' },
  'clock-goes-back': { status: 422, zh: '时钟只能向前拨', en: 'The clock only moves forwards' },
  'internal-error': { status: 500, zh: '内部错误', en: 'Something went wrong inside' },
} as const satisfies Readonly<Record<string, CodeMeaning>>;

export type EdgeCode = keyof typeof edgeCodes;
export type ProblemCode = EdgeCode | RefusalCode;

/**
 * Refusals whose status is not 409. 422: the content can never be right as it stands; 403: somebody else's task.
 * Everything else is a conflict with the present state.
 */
const refusalStatus: Partial<Record<RefusalCode, number>> = {
  'ACT-WRONG-KIND': 403,
  'ACT-WRONG-AGENCY': 403,
  'RCP-NOT-ADDRESSEE': 403,
  'FBK-WRONG-SENDER': 403,
  'HND-WRONG-PARTY': 403,
  'DUTY-NOT-SUPERIOR': 403,
  'unknown-reference': 422,
  'agency-unknown': 422,
  'unknown-division': 422,
  'division-not-in-force': 422,
  'validation-failed': 422,
  'implausible-time': 422,
  'TIM-FUTURE': 422,
  'TIM-BACKFILL-NO-REASON': 422,
  'TIM-ORDER': 422,
  'VIS-BEFORE-RETURN': 422,
  'HND-KIND-MISMATCH': 422,
  'FBK-WRONG-ADDRESSEE': 422,
  'ESC-SKIP-LEVEL': 422,
  'ESC-REASON-NOT-ESCALABLE': 422,
  'IDN-NO-STRONG-BASIS': 422,
  'IDN-NO-PERSON-DOCUMENT-COMPARISON': 422,
  'LETTER-NUMBER': 422,
  'AGN-CYCLE': 422,
};

/** A refusal whose code at the edge is another one than the rule's; the rule's own name then stands in `refusal`. */
const edgeNames: Partial<Record<RefusalCode, ProblemCode>> = { 'TIM-FUTURE': 'implausible-time' };

export const statusOfRefusal = (code: RefusalCode): number => refusalStatus[code] ?? 409;
export const codeOfRefusal = (code: RefusalCode): ProblemCode => edgeNames[code] ?? code;

/** What a code means. `validation-failed` is 400 for the shape of a body and 422 when a rule looked at its content. */
export function meaningOf(code: ProblemCode): CodeMeaning {
  if (Object.hasOwn(edgeCodes, code)) return edgeCodes[code as EdgeCode];
  const refusal = code as RefusalCode;
  return { status: statusOfRefusal(refusal), zh: refusals[refusal], en: code };
}

/** Every code there is, in alphabetical order. */
export const problemCodes: readonly ProblemCode[] = [
  ...new Set([...Object.keys(edgeCodes), ...Object.keys(refusals)] as ProblemCode[]),
].sort();
