import type { HandoverKind } from '@guitu/standards';
import type { AgencyKind } from '../../words';

type Sides = Readonly<{ from: readonly AgencyKind[]; to: readonly AgencyKind[] }>;

/** Which kinds of agency stand on either side of each kind of handover (dossier 4.6). A family signs no form here: see ReleaseToRelatives. */
export const handoverParties: { readonly [K in HandoverKind]: Sides } = {
  POLICE_STATION: { from: ['POLICE'], to: ['STATION'] },
  POLICE_HOSPITAL: { from: ['POLICE'], to: ['HOSPITAL'] },
  POLICE_TOWNSHIP: { from: ['POLICE'], to: ['TOWNSHIP'] },
  URBAN_STATION: { from: ['URBAN_MGMT'], to: ['STATION'] },
  TOWNSHIP_STATION: { from: ['TOWNSHIP'], to: ['STATION'] },
  STATION_HOSPITAL: { from: ['STATION'], to: ['HOSPITAL'] },
  HOSPITAL_STATION: { from: ['HOSPITAL'], to: ['STATION'] },
  HOSPITAL_HOSPITAL: { from: ['HOSPITAL'], to: ['HOSPITAL'] },
  STATION_TOWNSHIP: { from: ['STATION'], to: ['TOWNSHIP'] },
  STATION_FOSTER: { from: ['STATION'], to: ['FOSTER_INST', 'WELFARE_INST'] },
  FOSTER_STATION: { from: ['FOSTER_INST', 'WELFARE_INST'], to: ['STATION'] },
  STATION_RELAY: { from: ['STATION'], to: ['STATION'] },
  STATION_STATION: { from: ['STATION'], to: ['STATION'] },
  STATION_CIVILAFFAIRS: { from: ['STATION'], to: ['CIVIL_AFFAIRS'] },
  STATION_WELFARE: { from: ['STATION'], to: ['WELFARE_INST'] },
  STATION_FAMILY: { from: [], to: [] },
};
