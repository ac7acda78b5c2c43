export { createProjector, type Projector, type ProjectorParts } from './create-projector';
