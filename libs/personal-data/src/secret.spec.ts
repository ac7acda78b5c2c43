import { format, inspect } from 'node:util';
import { Secret } from './secret';

describe('a secret', () => {
  const secret = new Secret('hunter2');

  it.each<[string, string]>([
    ['String()', String(secret)],
    ['a template', `${secret}`],
    ['concatenation', '' + (secret as unknown as string)],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ secret }, { depth: 9, showHidden: true })],
    ['console formats', format('%s %o %O %j %d', secret, secret, secret, secret, secret)],
    ['its properties', JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret)])],
  ])('does not show itself in %s', (_, printed) => {
    expect(printed).not.toContain('hunter2');
  });

  it('says that it is one', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(['[secret]', '"[secret]"', '[secret]']);
  });

  it('gives its value to whoever asks by name', () => {
    expect(secret.reveal()).toBe('hunter2');
  });
});
