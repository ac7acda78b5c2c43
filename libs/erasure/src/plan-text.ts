import type { ErasurePlan } from './erasure-plan';
import { classWords, whoseWords } from './words';

/** The plan as people read it. */
export function planText(plan: ErasurePlan): string {
  const { caseId, persons, classes, held, underWay, subjects, keys, indexRows, events, values, rows } = plan;
  return [
    `删除预览（未作任何更改） What an erasure would destroy; nothing was changed: ${caseId}`,
    `何人 Whose    ${persons.map((one) => whoseWords[one]).join('，')}`,
    `类别 Classes  ${classes.map((one) => classWords[one]).join('，')}`,
    ...(held ? ['留存保全有效，现在不会删除 A legal hold is in force: nothing would be destroyed now.'] : []),
    ...(underWay === null ? [] : [`已有删除在办 An erasure is under way: ${underWay.erasureId} ${underWay.phase}`]),
    '',
    `密钥 Keys: ${keys}`,
    ...subjects.map(
      ({ subject, whose, event, keys: own }) =>
        `  ${whose} ${subject}${event === null ? '' : ` (event ${event})`}: ${own.map((key) => `${key.class} v${key.version} ${key.state}`).join(', ')}`,
    ),
    `事件 Events: ${events.length}，值 values: ${values}`,
    ...events.map(({ version, type, values: own }) => `  ${version} ${type}: ${own}`),
    `查询表行 Rows: ${Object.entries(rows)
      .map(([table, count]) => `${table} ${count}`)
      .join(', ')}`,
    `查找索引行 Index rows: ${indexRows}`,
  ].join('\n');
}
