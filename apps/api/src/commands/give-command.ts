import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandAnswer, CommandRequest } from '@guitu/history';
import { API_PARTS, type ApiParts } from '../api-parts';

/** Any command of the domain on its way to the desk. */
export class GiveCommand extends Command<CommandAnswer> {
  constructor(readonly request: CommandRequest) {
    super();
  }
}

@CommandHandler(GiveCommand)
export class GiveCommandHandler implements ICommandHandler<GiveCommand> {
  constructor(@Inject(API_PARTS) private readonly parts: ApiParts) {}

  execute({ request }: GiveCommand): Promise<CommandAnswer> {
    return this.parts.desk.give(request);
  }
}
