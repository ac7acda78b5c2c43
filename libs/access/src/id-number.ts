/** Division, birth date, sequence, check character; numbers without a plausible date, such as a count of nanoseconds, are none. */
const idNumber = /[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]/;

/** Whether a text holds what looks like a citizen ID number (公民身份号码, GB 11643): it has no place in keys, ids and log lines. */
export const holdsIdNumber = (text: string): boolean => idNumber.test(text);
