import type { Type } from '@nestjs/common';
import { privacyStream, servedStreams, type AnyStreamKind } from '@guitu/rescue';
import { idRuleOf } from '../commands/command-routes';
import type { Schema } from '../validation/schemas';
import { AgencyController } from './agency-controller';
import { DirectoryController } from './directory-controller';
import { privacyController } from './privacy-controller';
import { SearchController } from './search-controller';
import { streamController } from './stream-controllers';

export { queryHandlers } from './read-queries';

/** All controllers that read. */
export const queryControllers = (schemas: ReadonlyMap<string, Schema>): readonly Type[] => [
  AgencyController,
  DirectoryController,
  SearchController,
  privacyController(idRuleOf(privacyStream as unknown as AnyStreamKind, schemas)),
  ...servedStreams.map((kind) => streamController(kind, idRuleOf(kind, schemas))),
];
