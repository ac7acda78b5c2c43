import { commandId, derivedId, eventId } from './command-id';

describe('derived ids', () => {
  it('stay the same for ever: the log is searched for them', () => {
    expect(derivedId('event', '救助站', '0')).toBe('c38faaae-ad85-5341-b75f-6114e7a6b7d0');
    expect(derivedId('a', 'b')).toBe('cdd3e3b4-ec1e-5d8d-b4b1-ec0c724dfdd5');
    expect(derivedId()).toBe('d26facdc-f45a-5811-b1e1-807bfacfffce');
  });

  it('are UUIDs of version 5', () => {
    for (let index = 0; index < 50; index += 1)
      expect(eventId('command', index)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('tell apart the same letters cut at other places', () => {
    expect(derivedId('ab', '')).not.toBe(derivedId('a', 'b'));
    expect(commandId('agency', 'client', 'key')).not.toBe(commandId('agency', 'clientk', 'ey'));
  });
});
