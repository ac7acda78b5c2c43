import type { House } from '@guitu/wiring';
import type { ApiParts } from './api-parts';
import { openLogger } from './logging/open-logger';

/** Positions of EventStoreDB count bytes: about 10,000 records. */
const bytesBehind = 20_000_000n;

/** What the HTTP edge needs besides the house. */
export function edgeOf({
  settings,
  trusted,
  noteAgencyWrite,
}: Pick<House, 'settings' | 'trusted' | 'noteAgencyWrite'>): Pick<ApiParts, 'jwks' | 'settings' | 'logger' | 'onRecorded' | 'maxLag'> {
  return {
    jwks: trusted.jwks,
    settings: { host: settings.host, port: settings.port, tokens: trusted.tokens },
    logger: openLogger(settings.logLevel),
    ...(settings.eventLog === 'eventstoredb' ? { maxLag: bytesBehind } : {}),
    onRecorded: (category, position) => {
      if (category === 'agency') noteAgencyWrite(position);
    },
  };
}
