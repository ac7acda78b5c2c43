export type LetterNumberCheck =
  Readonly<{ ok: true; raw: string; normalized: string }> | Readonly<{ ok: false; fault: 'length' | 'year' | 'serial' | 'form' }>;

/** 发文字号 (GB/T 9704): short code of the issuer, 〔year〕 in hexagonal brackets, serial without leading zero, 号. */
const STRICT = /^[\u4e00-\u9fa5]{2,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号$/;
const LOOSE = /^[\u4e00-\u9fa5]+〔(\d*)〕(\d*)号$/;
const LONGEST_RAW = 60;

export function isLetterNumber(text: string): boolean {
  return STRICT.test(text);
}

/**
 * Accepts what other bodies print (square, round or full-width brackets, full-width digits, spaces, 第, leading zeros) and gives the strict form;
 * `raw` is kept as it came. Our own letters are issued in the strict form only.
 */
export function normaliseLetterNumber(raw: string): LetterNumberCheck {
  if (raw.length === 0 || raw.length > LONGEST_RAW) return { ok: false, fault: 'length' };
  const normalized = raw
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/\s/gu, '')
    .replace(/[[［(（【﹝]/g, '〔')
    .replace(/[\]］)）】﹞]/g, '〕')
    .replace(/〕第?0*(\d+)号$/, '〕$1号');
  if (isLetterNumber(normalized)) return { ok: true, raw, normalized };
  const [, year, serial] = LOOSE.exec(normalized) ?? [];
  if (year === undefined || serial === undefined) return { ok: false, fault: 'form' };
  if (!/^(?:19|20)\d{2}$/.test(year)) return { ok: false, fault: 'year' };
  return { ok: false, fault: /^[1-9]\d{0,4}$/.test(serial) ? 'form' : 'serial' };
}
