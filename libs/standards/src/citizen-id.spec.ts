import { checkCitizenId, isMinor, upgradeCitizenId15 } from './citizen-id';

const on = '2021-06-20';

describe('a citizen number (GB 11643)', () => {
  it.each([
    ['11010519491231002X', 'FEMALE', '1949-12-31', '110105'],
    ['341126198503120317', 'MALE', '1985-03-12', '341126'],
    ['411628199207080245', 'FEMALE', '1992-07-08', '411628'],
    ['41162819920708019X', 'MALE', '1992-07-08', '411628'],
    ['411421200905160154', 'MALE', '2009-05-16', '411421'],
    ['320611194209230427', 'FEMALE', '1942-09-23', '320611'],
    ['522401197802280117', 'MALE', '1978-02-28', '522401'],
    ['320684198002290517', 'MALE', '1980-02-29', '320684'],
    ['330104196308110260', 'FEMALE', '1963-08-11', '330104'],
    ['13042619550420059X', 'MALE', '1955-04-20', '130426'],
    ['320585197106150339', 'MALE', '1971-06-15', '320585'],
    ['511403199605120236', 'MALE', '1996-05-12', '511403'],
    ['511403201505120239', 'MALE', '2015-05-12', '511403'],
    ['810000198205050114', 'MALE', '1982-05-05', '810000'],
  ])('%s is well formed', (value, sex, birthDate, divisionCode) => {
    expect(checkCitizenId(value, on)).toEqual({ ok: true, value, birthDate, sex, divisionCode, warnings: [] });
  });

  it.each(['0080', '0021', '0072', '0013', '0064', '0195', '0056', '0187', '0048', '0099', '003X'])(
    'every check character occurs: …%s',
    (end) => {
      expect(checkCitizenId(`32058519710615${end}`, on).ok).toBe(true);
    },
  );

  it('is accepted with a small x, which becomes X', () => {
    expect(checkCitizenId('13042619550420059x', on)).toMatchObject({ ok: true, value: '13042619550420059X' });
  });

  it('of a person over 120 is accepted with a warning', () => {
    expect(checkCitizenId('440524188001010014', on)).toMatchObject({
      ok: true,
      birthDate: '1880-01-01',
      sex: 'MALE',
      warnings: ['age-over-120'],
    });
    expect(checkCitizenId('440524188001010014', '2000-12-31')).toMatchObject({ ok: true, warnings: [] });
    expect(checkCitizenId('440524188001010014', '2001-01-01')).toMatchObject({ ok: true, warnings: ['age-over-120'] });
  });

  it.each([
    ['341126198503120318', 'check-digit'],
    ['341126198503120371', 'check-digit'],
    ['522401197802290112', 'birth-date'],
    ['522401197813010112', 'birth-date'],
    ['320684198102290514', 'birth-date'],
    ['341126209912310315', 'future-birth'],
    ['999999198503120317', 'unknown-division'],
    ['000000000000000000', 'check-digit'],
    ['', 'length'],
    ['320585710615033', 'length'],
    ['3411261985031203170', 'length'],
    ['34112619850312031Y', 'characters'],
    ['X41126198503120317', 'characters'],
    ['３41126198503120317', 'characters'],
    [' 41126198503120317', 'characters'],
  ])('%s is refused: %s', (text, fault) => expect(checkCitizenId(text, on)).toEqual({ ok: false, fault }));

  it('of a child is refused before the day of birth and accepted on it', () => {
    expect(checkCitizenId('411421200905160154', '2009-05-15')).toEqual({ ok: false, fault: 'future-birth' });
    expect(checkCitizenId('411421200905160154', '2009-05-16').ok).toBe(true);
  });

  it('stays valid after its division was retired, and is unknown before the division began', () => {
    expect(checkCitizenId('320611194209230427', '2024-01-01').ok).toBe(true);
    expect(checkCitizenId('320611194209230427', '1982-12-31')).toEqual({ ok: false, fault: 'unknown-division' });
  });

  it('notices every single wrong digit and every swap of neighbours that differ', () => {
    const value = '341126198503120317';
    for (let index = 0; index < 17; index += 1) {
      const wrong = value.slice(0, index) + String((Number(value[index]) + 1) % 10) + value.slice(index + 1);
      expect(checkCitizenId(wrong, on)).toEqual({ ok: false, fault: 'check-digit' });
      const swapped = value.slice(0, index) + value.charAt(index + 1) + value.charAt(index) + value.slice(index + 2);
      if (swapped !== value) expect(checkCitizenId(swapped, on)).toEqual({ ok: false, fault: 'check-digit' });
    }
  });
});

describe('an old 15-digit number', () => {
  it('gets the century and the check character', () => {
    expect(upgradeCitizenId15('320585710615033')).toBe('320585197106150339');
    expect(checkCitizenId(upgradeCitizenId15('320585710615033') ?? '', on).ok).toBe(true);
  });
  it.each(['', '32058571061503', '32058571061503X', '320585197106150339'])('"%s" is none', (text) => {
    expect(upgradeCitizenId15(text)).toBeUndefined();
  });
});

describe('a minor', () => {
  it('is under 18 until the eve of the birthday', () => {
    expect([isMinor('2009-05-16', '2020-11-10'), isMinor('2009-05-16', '2027-05-15'), isMinor('2009-05-16', '2027-05-16')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
