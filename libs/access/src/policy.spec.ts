import { denialAt, mayCommand, mayRead, type Caller, type RoutePolicy } from './index';

const caller = (role: Caller['role'], agency = 'taicang-station'): Caller => ({ agency, user: 'u1', client: 'c1', role });
const parties = new Set(['taicang-station', 'fengyang-station']);

describe('the door of a route', () => {
  it('is shut when the route carries no policy, whoever calls', () => {
    for (const role of ['staff', 'registrar', 'auditor'] as const) expect(denialAt(undefined, caller(role))).toBe('forbidden');
    expect(denialAt(undefined, undefined)).toBe('forbidden');
    expect(denialAt('toString' as RoutePolicy, caller('staff'))).toBe('forbidden');
  });

  it('asks for a token everywhere but on public routes', () => {
    expect(denialAt('public', undefined)).toBeUndefined();
    for (const policy of ['caller', 'agency', 'participants', 'operator'] as const)
      expect(denialAt(policy, undefined)).toBe('token-required');
  });

  it('lets nobody in as the system itself', () => {
    for (const policy of ['caller', 'agency', 'participants', 'operator'] as const)
      expect(denialAt(policy, caller('system'))).toBe('forbidden');
  });

  it('lets only the registrar move a clock', () => {
    expect(denialAt('operator', caller('registrar'))).toBeUndefined();
    expect(denialAt('operator', caller('staff'))).toBe('forbidden');
    expect(denialAt('operator', caller('auditor'))).toBe('forbidden');
  });
});

describe('a case', () => {
  it('is read by its participants and by auditors, and by nobody else', () => {
    expect(mayRead(caller('staff'), 'cases', parties)).toBe(true);
    expect(mayRead(caller('staff', 'fengyang-station'), 'cases', parties)).toBe(true);
    expect(mayRead(caller('auditor', 'ministry'), 'cases', parties)).toBe(true);
    expect(mayRead(caller('staff', 'wuxi-station'), 'cases', parties)).toBe(false);
    expect(mayRead(caller('registrar', 'wuxi-station'), 'cases', parties)).toBe(false);
  });

  it('takes commands of its participants alone; to others it does not exist, auditors only read', () => {
    expect(mayCommand(caller('staff'), 'cases', parties)).toBe('yes');
    expect(mayCommand(caller('staff', 'wuxi-station'), 'cases', parties)).toBe('unknown');
    expect(mayCommand(caller('auditor'), 'cases', parties)).toBe('forbidden');
  });
});

describe('the directory of agencies', () => {
  it('is read by every caller and written by the registrar alone', () => {
    expect(mayRead(caller('staff', 'wuxi-station'), 'agencies', new Set())).toBe(true);
    expect(mayCommand(caller('staff', 'wuxi-station'), 'agencies', new Set())).toBe('forbidden');
    expect(mayCommand(caller('registrar', 'ministry'), 'agencies', new Set())).toBe('yes');
  });
});

describe('audit streams', () => {
  it('are read by auditors alone, though every agency that reads has a part in them', () => {
    expect(mayRead(caller('auditor', 'ministry'), 'audits', parties)).toBe(true);
    for (const role of ['staff', 'registrar'] as const) expect(mayRead(caller(role), 'audits', parties)).toBe(false);
  });
  it('take commands of nobody', () => {
    expect(mayCommand(caller('staff'), 'audits', parties)).toBe('unknown');
    expect(mayCommand(caller('auditor'), 'audits', parties)).toBe('forbidden');
  });
});

describe('a collection that nobody thought of', () => {
  it('is for participants alone', () => {
    expect(mayRead(caller('staff', 'wuxi-station'), 'incidents', parties)).toBe(false);
    expect(mayRead(caller('staff', 'wuxi-station'), 'toString', parties)).toBe(false);
  });
});
