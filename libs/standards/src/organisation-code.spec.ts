import { checkOrganisationCode } from './organisation-code';

describe('an organisation code (GB 32100)', () => {
  it.each([
    '91350100M000100Y43',
    '12320585467300015G',
    '11320585014110016Y',
    '123202814664000306',
    '12320200466200020M',
    '12341126486800058A',
    '11411628005700049R',
    '1211010540050008XD',
    '123206134670000986',
    '114100000052000605',
    '113200000140000796',
    '12320585467300103Y',
    '52320585MJ56700108',
  ])('%s is well formed', (code) => expect(checkOrganisationCode(code)).toEqual({ ok: true, value: code }));

  it('is accepted in lower case and normalised', () => {
    expect(checkOrganisationCode('12320585467300015g')).toEqual({ ok: true, value: '12320585467300015G' });
  });

  it.each([
    ['12320585467300015H', 'check-character'],
    ['1232O585467300015G', 'characters'],
    ['12320585467300115G', 'organisation-check'],
    ['12320585467300016G', 'organisation-check'],
    ['12320585467300015', 'length'],
    ['12320585467300015GG', 'length'],
    ['', 'length'],
    ['12320585467300015I', 'characters'],
    ['12320585 67300015G', 'characters'],
    ['１2320585467300015G', 'characters'],
    ['12A20585467300015G', 'characters'],
  ])('%s is refused: %s', (code, fault) => expect(checkOrganisationCode(code)).toEqual({ ok: false, fault }));

  it('notices every single wrong digit and every swap of neighbours that differ', () => {
    const code = '12320585467300015G';
    for (let index = 0; index < 17; index += 1) {
      const wrong = code.slice(0, index) + String((Number(code[index]) + 1) % 10) + code.slice(index + 1);
      expect(checkOrganisationCode(wrong).ok).toBe(false);
      const swapped = code.slice(0, index) + code.charAt(index + 1) + code.charAt(index) + code.slice(index + 2);
      if (swapped !== code) expect(checkOrganisationCode(swapped).ok).toBe(false);
    }
  });
});
