export { openSandboxIssuer, sandboxIssuerName, type SandboxIssuer, type TokenFor } from './issuer';
export { ClockGoesBack, HandMovedClock, wallClock } from './clock';
export type { Expectation, Step, Story } from './story';
export { BadStory, parseStory, storyInstant } from './parse-story';
export { SandboxClient, type Answer, type ClientOptions } from './client';
export { auditor, readCase, readEventData, type CaseView, type OpenDuty } from './case-view';
export { differencesOf, isDutyEvent, keyOfDuty, type Noted, type Seen } from './compare-step';
export { moveClock, playStory, readClock, registrar, type Played, type PlayOptions } from './play';
export { parseAgencies, registerAgencies, type AgencyRow } from './agencies';
