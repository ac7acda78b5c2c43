import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LetterNumber, LocalId, Personal } from '../../words';
import { getAgency, getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { checkFreshLetter, strictLetterNumber } from './loop-letters';
import { checkAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLetterId, withLoop } from './loops';

/** The hardship that a visit found goes in full to the township and the departments in charge (困难情况报送, S001 §2(5)). */
export type HardshipReported = Event<
  'HardshipReported',
  {
    loopId: LocalId;
    letterId: LocalId;
    letterNumber: LetterNumber;
    township: AgencyId;
    /**
     * @maxItems 10
     * @uniqueItems true
     */
    departments: readonly AgencyId[];
    /**
     * @minLength 1
     * @maxLength 500
     */
    details: Personal<'narrative'>;
  }
>;
export const hardshipReported: EventKind<Case, HardshipReported> = {
  zh: '困难情况报送',
  basis: 'S001 §2(5)',
  sealed: { details: 'narrative' },
  parties: { township: true, departments: true },
  apply: (state, { loopId, letterId, township, departments }) =>
    withLetterId(
      withLoop(state, loopId, ({ hardshipReports }) => ({
        hardshipReports: { ...hardshipReports, [letterId]: { township, departments } },
      })),
      letterId,
    ),
};

export type ReportHardship = Command<'ReportHardship', HardshipReported['data']>;
export const reportHardship: CommandKind<Case, ReportHardship, HardshipReported> = {
  zh: '报送困难情况',
  by: outflowKinds,
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkAddressee(loop, by, aid);
    if (Object.hasOwn(loop.hardshipReports, data.letterId)) return [];
    checkStep(loop, 'ReportHardship');
    if (!loop.hardshipFound)
      throw new Refusal('illegal-transition', 'No visit has found hardship in this loop.', { allowed: ['RecordHomeVisit'] });
    checkFreshLetter(state, data.letterId);
    getAgencyOfKind(aid.world, data.township, at, { kinds: ['TOWNSHIP'], pointer: '/township' });
    data.departments.forEach((department, index) => getAgency(aid.world, department, at, `/departments/${index}`));
    return [{ type: 'HardshipReported', data: { ...data, letterNumber: strictLetterNumber(data.letterNumber, '/letterNumber') } }];
  },
};
