import { StreamState } from './stream-state';
import { agencyDirectory } from './tables/agency-directory';
import { caseSummary } from './tables/case-summary';
import { custodySpan } from './tables/custody-span';
import { disclosure } from './tables/disclosure';
import { duty } from './tables/duty';
import { handover } from './tables/handover';
import { letter } from './tables/letter';
import { loop } from './tables/loop';
import { returneeLedger } from './tables/returnee-ledger';
import { timeline } from './tables/timeline';
import type { AnyReadModel, ReadModel } from './read-model';

/** Pairs a model's fold with its own rows; after this line nobody needs to know their types. */
const listed = <Row extends object, S>(model: ReadModel<Row, S>): AnyReadModel => model;

/** The table of contents: every read model there is. */
export const readModels: readonly AnyReadModel[] = [
  listed(caseSummary),
  listed(custodySpan),
  listed(handover),
  listed(letter),
  listed(duty),
  listed(loop),
  listed(returneeLedger),
  listed(timeline),
  listed(agencyDirectory),
  listed(disclosure),
];

/** What a generation consists of: the tables of the read models, and where each stream stands. */
export const entities: readonly (new () => object)[] = [StreamState, ...readModels.map(({ entity }) => entity)];
