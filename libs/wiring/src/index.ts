export { readSettings, Settings, settingVariables, WrongSettings } from './settings';
export { CannotOpen, openDataFolder } from './data-folder';
export { openHouse, type House, type TrustedIssuer } from './open-house';
export { modeOf, openLogOnly, type BesideService } from './open-log-only';
