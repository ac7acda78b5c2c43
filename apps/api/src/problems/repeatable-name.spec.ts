import { isRepeatable } from './repeatable-name';

describe('a name that a request brought', () => {
  it.each(['data', 'isAdmin', '_key', 'leg2', 'SM4', 'a-b'])('%s reads like the name of a field and is told back', (name) => {
    expect(isRepeatable(name)).toBe(true);
  });

  it.each([
    '王二喜',
    'Tashi Dolma',
    '19912345678',
    'p19912345678',
    'p199-1234-5678',
    'id_341126_19850312_0317',
    'id341126198503120317',
    '',
    'x'.repeat(65),
  ])('%s could be somebody, and is not', (name) => {
    expect(isRepeatable(name)).toBe(false);
  });
});
