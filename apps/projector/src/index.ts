export { createProjector, projectorLease, type Projector, type ProjectorParts } from './create-projector';
