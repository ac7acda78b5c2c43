import { createRequire } from 'node:module';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);

/** What a room exports, as it was built. */
export const room = (name) => require(path.join(root, `dist/libs/${name}/src/index.js`));
/** What an app exports, as it was built. */
export const app = (name) => require(path.join(root, `dist/apps/${name}/src/index.js`));
/** One built file, for a naive build that leaves out what this file guards. */
export const built = (file) => require(path.join(root, 'dist', file));
export const standaloneMain = path.join(root, 'dist/apps/standalone/src/main.js');
