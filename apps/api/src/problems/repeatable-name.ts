const nameOfField = /^[A-Za-z_$][A-Za-z0-9_$-]{0,63}$/;
const MOST_DIGITS = 4;

/** Whether a name that a request brought may stand in its answer: it reads like the name of a field, and holds no number that could be somebody's. */
export const isRepeatable = (name: string): boolean => nameOfField.test(name) && name.replace(/\D/g, '').length <= MOST_DIGITS;
