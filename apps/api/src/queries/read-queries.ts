import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readHistory, type StreamHistory } from '@guitu/history';
import type {
  CustodySpanRow,
  Desk,
  DisclosureRow,
  DutiesAsked,
  DutyRow,
  ReturneeLedgerRow,
  LoopRow,
  LoopsAsked,
  Page,
  PageRequest,
  TimelineRow,
} from '@guitu/read-models';
import type { AnyStreamKind } from '@guitu/rescue';
import { API_PARTS, type ApiParts } from '../api-parts';

/** A stream from the log itself: always the newest. */
export class ReadStream extends Query<StreamHistory> {
  constructor(
    readonly kind: AnyStreamKind,
    readonly id: string,
  ) {
    super();
  }
}
export class ReadTimeline extends Query<Page<TimelineRow>> {
  constructor(
    readonly stream: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}
export class ReadCustody extends Query<Page<CustodySpanRow>> {
  constructor(
    readonly caseId: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}
export class ReadDisclosures extends Query<Page<DisclosureRow>> {
  constructor(
    readonly caseId: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}
export class ReadDesk extends Query<Desk> {
  constructor(
    readonly agency: string,
    readonly limit: number | undefined,
  ) {
    super();
  }
}
export class ReadDuties extends Query<Page<DutyRow>> {
  constructor(
    readonly asked: DutiesAsked,
    readonly page: PageRequest,
  ) {
    super();
  }
}
export class ReadLoops extends Query<Page<LoopRow>> {
  constructor(
    readonly asked: LoopsAsked,
    readonly page: PageRequest,
  ) {
    super();
  }
}
export class ReadLedger extends Query<Page<ReturneeLedgerRow>> {
  constructor(
    readonly agency: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}

abstract class Reader {
  constructor(@Inject(API_PARTS) protected readonly parts: ApiParts) {}
}

@QueryHandler(ReadStream)
class StreamReader extends Reader implements IQueryHandler<ReadStream> {
  execute({ kind, id }: ReadStream): Promise<StreamHistory> {
    return readHistory(this.parts.log, kind, `${kind.category}-${id}`);
  }
}
@QueryHandler(ReadTimeline)
class TimelineReader extends Reader implements IQueryHandler<ReadTimeline> {
  execute({ stream, page }: ReadTimeline): Promise<Page<TimelineRow>> {
    return this.parts.readModels.timeline(stream, page);
  }
}
@QueryHandler(ReadCustody)
class CustodyReader extends Reader implements IQueryHandler<ReadCustody> {
  execute({ caseId, page }: ReadCustody): Promise<Page<CustodySpanRow>> {
    return this.parts.readModels.custody(caseId, page);
  }
}
@QueryHandler(ReadDisclosures)
class DisclosuresReader extends Reader implements IQueryHandler<ReadDisclosures> {
  execute({ caseId, page }: ReadDisclosures): Promise<Page<DisclosureRow>> {
    return this.parts.readModels.disclosures(caseId, page);
  }
}
@QueryHandler(ReadDesk)
class DeskReader extends Reader implements IQueryHandler<ReadDesk> {
  execute({ agency, limit }: ReadDesk): Promise<Desk> {
    return this.parts.readModels.desk(agency, limit);
  }
}
@QueryHandler(ReadDuties)
class DutiesReader extends Reader implements IQueryHandler<ReadDuties> {
  execute({ asked, page }: ReadDuties): Promise<Page<DutyRow>> {
    return this.parts.readModels.duties(asked, page);
  }
}
@QueryHandler(ReadLoops)
class LoopsReader extends Reader implements IQueryHandler<ReadLoops> {
  execute({ asked, page }: ReadLoops): Promise<Page<LoopRow>> {
    return this.parts.readModels.loops(asked, page);
  }
}
@QueryHandler(ReadLedger)
class LedgerReader extends Reader implements IQueryHandler<ReadLedger> {
  execute({ agency, page }: ReadLedger): Promise<Page<ReturneeLedgerRow>> {
    return this.parts.readModels.ledger(agency, page);
  }
}

export const queryHandlers = [
  StreamReader,
  TimelineReader,
  CustodyReader,
  DisclosuresReader,
  DeskReader,
  DutiesReader,
  LoopsReader,
  LedgerReader,
];
