import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInstant } from '@guitu/standards';
import { ClockGoesBack, HandMovedClock, wallClock } from './clock';

describe('The hand-moved clock of a sandbox', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-clock-'));
  let number = 0;
  const file = (): string => path.join(folder, String((number += 1)), 'clock');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stands still until a hand moves it', () => {
    const clock = new HandMovedClock(file());
    const before = clock.now();
    expect(clock.now()).toBe(before);
    clock.moveTo('2020-10-12T08:40:00+08:00');
    expect(clock.now()).toBe('2020-10-12T08:40:00+08:00');
  });

  it('only moves forwards; standing still is allowed, in whatever offset', () => {
    const clock = new HandMovedClock(file());
    clock.moveTo('2020-10-12T08:40:00+08:00');
    clock.moveTo('2020-10-12T00:40:00Z');
    expect(() => clock.moveTo('2020-10-12T08:39:59+08:00')).toThrow(ClockGoesBack);
    expect(clock.now()).toBe('2020-10-12T00:40:00Z');
  });

  it('is found where it stood after a restart', () => {
    const at = file();
    new HandMovedClock(at).moveTo('2020-10-12T08:40:00+08:00');
    expect(new HandMovedClock(at).now()).toBe('2020-10-12T08:40:00+08:00');
  });

  it('keeps its place when a move is refused', () => {
    const at = file();
    const clock = new HandMovedClock(at);
    clock.moveTo('2020-10-12T08:40:00+08:00');
    expect(() => clock.moveTo('2019-01-01T00:00:00+08:00')).toThrow('only moves forwards');
    expect(readFileSync(at, 'utf8')).toBe('2020-10-12T08:40:00+08:00');
  });

  it('does not start on a file that holds no instant', () => {
    const at = path.join(folder, 'broken');
    writeFileSync(at, 'noon');
    expect(() => new HandMovedClock(at)).toThrow('holds no instant');
  });

  it('the clock on the wall tells China’s time', () => {
    expect(isInstant(wallClock())).toBe(true);
    expect(wallClock()).toMatch(/\+08:00$/);
  });
});
