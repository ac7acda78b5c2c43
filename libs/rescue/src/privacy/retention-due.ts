import { addDays, addMonths, dateInChina, type CalendarDate } from '@guitu/standards';
import type { Case } from '../case/case';
import type { DataClass, Whose } from '../words';
import { isHeld, type Erasure, type Privacy } from './privacy';
import { retentionTable, type PermanentGround, type RetentionRule } from './retention-table';

/** What the terms of keeping depend on, as plain facts of one case. */
export type RetentionFacts = Readonly<{
  /** When the file was put away; null while it is in use: no term runs then. */
  archivedOn: CalendarDate | null;
  /** The last day that the archivist wrote on the file; the longer term counts. */
  keptUntil: CalendarDate | 'PERMANENT' | null;
  grounds: readonly PermanentGround[];
  privacy: Privacy;
}>;

/** Data whose term of keeping has run out, as an erasure would name them. */
export type RetentionDue = Readonly<{
  persons: readonly Whose[];
  classes: readonly DataClass[];
  purpose: RetentionRule['purpose'];
  /** The first day on which they need not be kept any more. */
  dueOn: CalendarDate;
  basis: string;
  /** A legal hold keeps them all the same. */
  held: boolean;
}>;

const MONTHS_OF_YEAR = 12;

/**
 * What a dry run lists: the data of a case whose term has run out on `today` and that nobody erased yet. Nothing is recorded by it; people decide and
 * confirm each erasure.
 */
export function retentionDue(
  facts: RetentionFacts,
  today: CalendarDate,
  table: readonly RetentionRule[] = retentionTable,
): readonly RetentionDue[] {
  return table.flatMap((rule) => {
    const dueOn = endOfTerm(rule, facts);
    const left = notErased(rule, facts);
    if (dueOn === undefined || dueOn > today || left.classes.length === 0) return [];
    return [{ ...left, purpose: rule.purpose, dueOn, basis: rule.basis, held: isHeld(facts.privacy) }];
  });
}

/** The facts of a case, as its stream and its privacy stream tell them. What nobody knows is taken as a reason to keep. Settlement has no step yet. */
export function retentionFactsOf({ leaving, location, locationBefore, identity, person }: Case, privacy: Privacy): RetentionFacts {
  const grounds: readonly (PermanentGround | false)[] = [
    identity.phase !== 'CONFIRMED' && 'UNIDENTIFIED',
    (location === 'DECEASED' || locationBefore === 'DECEASED') && 'DECEASED',
    person.minor !== false && 'MINOR',
  ];
  return {
    archivedOn: leaving.archivedAt === null ? null : dateInChina(leaving.archivedAt),
    keptUntil: leaving.keptUntil,
    grounds: grounds.filter((ground) => ground !== false),
    privacy,
  };
}

/** The first day after the term; undefined while none runs, or when it never ends. */
function endOfTerm({ years, permanentFor }: RetentionRule, { archivedOn, keptUntil, grounds }: RetentionFacts): CalendarDate | undefined {
  if (archivedOn === null || keptUntil === 'PERMANENT' || grounds.some((ground) => permanentFor.includes(ground))) return undefined;
  const byTable = addMonths(archivedOn, years * MONTHS_OF_YEAR);
  return keptUntil !== null && keptUntil >= byTable ? addDays(keptUntil, 1) : byTable;
}

/** What of a rule's data no erasure is about to end, or ended after the file was put away. One that came earlier says nothing of what was recorded since. */
function notErased(
  { persons, classes }: RetentionRule,
  { archivedOn, privacy }: RetentionFacts,
): Pick<RetentionDue, 'persons' | 'classes'> {
  const ending = Object.values(privacy.erasures).filter((erasure) => endsFile(erasure, archivedOn));
  const isLeft = (whose: Whose, one: DataClass): boolean =>
    !ending.some((erasure) => erasure.persons.includes(whose) && erasure.classes.includes(one));
  return {
    persons: persons.filter((whose) => classes.some((one) => isLeft(whose, one))),
    classes: classes.filter((one) => persons.some((whose) => isLeft(whose, one))),
  };
}

const endsFile = ({ phase, startedAt }: Erasure, archivedOn: CalendarDate | null): boolean =>
  startedAt === null ? phase === 'CONFIRMED' : archivedOn !== null && dateInChina(startedAt) > archivedOn;
