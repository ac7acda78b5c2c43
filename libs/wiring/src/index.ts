export { readSettings, Settings, settingVariables, WrongSettings } from './settings';
export { sentenceFor } from './cannot-start';
export { CannotOpen, openDataFolder } from './data-folder';
export { oneOfSeveral } from './one-of-several';
export { openGround, type Ground } from './open-ground';
export { openHouse, type House, type TrustedIssuer } from './open-house';
export { modeOf, openLogOnly, type BesideService } from './open-log-only';
export { runProcess, tellFault, type Started } from './run-process';
export { serveHealth, type ProcessHealth } from './serve-health';
