import { nameOf, type Directory, type Instant } from '@guitu/rescue';
import { instantInChina, toMilliseconds } from '@guitu/standards';

/** Who can owe, be owed or act without being an agency. */
const others: Readonly<Record<string, string>> = { PERSON: '受助人', RECORD: '案卷', PUBLIC: '公众', guitu: '归途系统' };

/** The agency's name on the day of `at`, as the directory in the log has it; its id where the log knows no name. */
export const nameAt = (directory: Directory, id: string, at: Instant): string =>
  Object.hasOwn(others, id) ? (others[id] ?? id) : nameOf({ now: at, directory }, id, at);

/** The name with the id behind it. */
export function agencyInWords(directory: Directory, id: string, at: Instant): string {
  const name = nameAt(directory, id, at);
  return name === id ? id : `${name}（${id}）`;
}

/** `2020-10-12 08:40:00`, in China's time, milliseconds only when there are any. */
export const momentInWords = (instant: Instant): string => instantInChina(toMilliseconds(instant)).slice(0, -6).replace('T', ' ');
