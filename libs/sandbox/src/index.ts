export { openSandboxIssuer, sandboxIssuerName, type SandboxIssuer, type TokenFor } from './issuer';
export { ClockGoesBack, HandMovedClock, wallClock } from './clock';
export { BadStory, parseStory, storyInstant, type Expectation, type Step, type Story } from './story';
export { SandboxClient, type Answer } from './client';
export { moveClock, playStory, type CaseView, type Played, type PlayOptions } from './play';
export { parseAgencies, registerAgencies, type AgencyRow } from './agencies';
