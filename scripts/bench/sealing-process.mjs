// An api process as `api-process.mjs alone`, with its sealing changed for the bench alone: `unsealed` lets values through as they are, `sm4` seals with the
// second suite, `forgetful` remembers no key. No setting of the product leaves values unsealed.
import path from 'node:path';
import { createRequire } from 'node:module';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const built = (file) => path.join(root, 'dist/libs/personal-data/src', file);
const [how] = process.argv.splice(2, 1);

const keyringOptions = {
  a256gcm: { suite: 'A256GCM' },
  sm4: { suite: 'SM4-CTR-HMAC-SM3' },
  forgetful: { suite: 'A256GCM', limits: { keys: 0, subjects: 0 } },
  unsealed: {},
};
if (!Object.hasOwn(keyringOptions, how)) throw new Error(`there is no way of sealing called ${how}`);

if (how === 'unsealed') {
  const seal = require(built('seal.js'));
  const letThrough = async (_keyring, records) => records.map(({ data }) => ({ data, secrets: {} }));
  require.cache[built('seal.js')].exports = { ...seal, sealAll: letThrough };
  if (require(built('index.js')).sealAll !== letThrough) throw new Error('values would be sealed after all');
}
const { Keyring } = require(built('keyring.js'));
const open = Keyring.open.bind(Keyring);
Keyring.open = (options) => open({ ...options, ...keyringOptions[how] });

await import('./api-process.mjs');
