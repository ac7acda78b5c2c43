import { indexEntries, indexKinds } from './index-entries';

describe('what is looked up', () => {
  it.each([
    [
      '11010519491231002X',
      [
        '11010519491231002x',
        ' 11010519491231002X ',
        '１１０１０５１９４９１２３１００２Ｘ',
        '110105 19491231 002X',
        '110105-19491231-002x',
      ],
    ],
    ['130503670401001', ['130503 670401 001']],
    ['H12345678', ['h12345678', 'Ｈ12345678', 'H 1234 5678']],
  ])('the number %s is one number in whatever way it is written', (number, ways) => {
    expect(indexEntries('id-number', number)).toEqual([number]);
    for (const way of ways) expect(indexEntries('id-number', way)).toEqual([number]);
  });

  it.each([
    [
      '13912345678',
      [
        '+86 139-1234-5678',
        '0086 13912345678',
        '139 1234 5678',
        '86-139-1234-5678',
        '１３９１２３４５６７８',
        '（139）12345678',
        '+86(139)1234.5678',
      ],
    ],
    ['051253529000', ['0512-53529000', '(0512) 5352 9000', '+86 512 5352 9000', '+86 (0)512 5352 9000', '0086-512-53529000']],
    ['4008123123', ['400-812-3123', '+86 400 812 3123']],
    ['0085223456789', ['+852 2345 6789', '00852-23456789']],
    ['110', ['110', '+86 110']],
  ])('the phone %s is one phone in whatever way it is written', (phone, ways) => {
    expect(indexEntries('phone', phone)).toEqual([phone]);
    for (const way of ways) expect(indexEntries('phone', way)).toEqual([phone]);
  });

  it.each([
    ['王二喜', [' 王二喜 ', '王 二 喜', '王　二喜']],
    ['阿依古丽·买买提', ['阿依古丽•买买提', '阿依古丽・买买提', '阿依古丽 · 买买提', '阿依古丽･买买提']],
    ['LAO WANG', ['Lao  Wang', 'ｌａｏ　ｗａｎｇ', 'lao\twang']],
  ])('the name %s is one name in whatever way it is written', (name, ways) => {
    expect(indexEntries('alias', name)).toEqual([name]);
    for (const way of ways) expect(indexEntries('alias', way)).toEqual([name]);
  });

  it('tells apart what is different', () => {
    expect(indexEntries('phone', '13912345678')).not.toEqual(indexEntries('phone', '13912345679'));
    expect(indexEntries('alias', 'Lao Wang')).not.toEqual(indexEntries('alias', 'Laowang'));
    expect(indexEntries('alias', '王二')).not.toEqual(indexEntries('alias', '王二喜'));
  });

  it.each(indexKinds)('finds nothing by nothing (%s)', (kind) => {
    for (const empty of ['', ' ', '\u3000\t']) expect(indexEntries(kind, empty)).toEqual([]);
  });

  it('gives the same when it is asked about its own answer', () => {
    for (const [kind, value] of [
      ['phone', '+86 512 5352 9000'],
      ['phone', '+852 1'],
      ['alias', '阿 · b'],
      ['id-number', 'x-1'],
    ] as const) {
      const [once = ''] = indexEntries(kind, value);
      expect(indexEntries(kind, once)).toEqual([once]);
    }
  });
});
