import { isLetterNumber, normaliseLetterNumber } from './letter-number';

describe('a letter number', () => {
  it.each(['民发〔2020〕14号', '太政办〔2020〕150号', '国办发〔2015〕96号', '太救助函〔2020〕33号', '凤救助函〔2020〕18号'])(
    '%s is strict',
    (text) => {
      expect(isLetterNumber(text)).toBe(true);
      expect(normaliseLetterNumber(text)).toEqual({ ok: true, raw: text, normalized: text });
    },
  );

  it.each([
    ['中办发[2018]53号', '中办发〔2018〕53号'],
    ['苏民事［2018］19号', '苏民事〔2018〕19号'],
    ['锡民事(2018)9号', '锡民事〔2018〕9号'],
    ['锡民事（２０１８）９号', '锡民事〔2018〕9号'],
    ['锡民事【2018】第009号', '锡民事〔2018〕9号'],
    [' 民发 ﹝2020﹞ 14 号 ', '民发〔2020〕14号'],
    ['民发　〔2020〕　0014号', '民发〔2020〕14号'],
  ])('%s is read as %s and kept as it came', (raw, normalized) => {
    expect(isLetterNumber(raw)).toBe(false);
    expect(normaliseLetterNumber(raw)).toEqual({ ok: true, raw, normalized });
  });

  it.each([
    ['', 'length'],
    [`民${'发'.repeat(60)}〔2020〕14号`, 'length'],
    ['民发〔20〕14号', 'year'],
    ['民发〔1820〕14号', 'year'],
    ['民发〔2020〕0号', 'serial'],
    ['民发〔2020〕123456号', 'serial'],
    ['民发〔2020〕号', 'serial'],
    ['民〔2020〕14号', 'form'],
    ['民发2020年14号', 'form'],
    ['ABC〔2020〕14号', 'form'],
    ['民发〔2020〕14', 'form'],
    ['民发〔2020〕14号; DROP TABLE', 'form'],
  ])('"%s" is refused: %s', (raw, fault) => expect(normaliseLetterNumber(raw)).toEqual({ ok: false, fault }));

  it('is the same after a second reading', () => {
    const once = normaliseLetterNumber('锡民事【2018】第009号');
    expect(once.ok && normaliseLetterNumber(once.normalized)).toEqual({
      ok: true,
      raw: '锡民事〔2018〕9号',
      normalized: '锡民事〔2018〕9号',
    });
  });
});
