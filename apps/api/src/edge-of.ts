import type { House } from '@guitu/wiring';
import type { ApiParts } from './api-parts';
import { openLogger } from './logging/open-logger';

/** What the HTTP edge needs besides the house. */
export function edgeOf({
  settings,
  trusted,
  noteAgencyWrite,
}: Pick<House, 'settings' | 'trusted' | 'noteAgencyWrite'>): Pick<ApiParts, 'jwks' | 'settings' | 'logger' | 'onRecorded'> {
  return {
    jwks: trusted.jwks,
    settings: { host: settings.host, port: settings.port, tokens: trusted.tokens },
    logger: openLogger(settings.logLevel),
    onRecorded: (category, position) => {
      if (category === 'agency') noteAgencyWrite(position);
    },
  };
}
