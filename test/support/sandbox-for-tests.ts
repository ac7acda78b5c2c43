import { openSandboxIssuer, registerAgencies, SandboxClient } from '@guitu/sandbox';
import { readAgencies } from '../../apps/player/src/stories';
import { startThrowaway, type Throwaway } from '../../apps/player/src/throwaway';
import { builtService } from './built-service';

/** A throwaway sandbox with the invented agencies, and a client of it. */
export type SandboxForTests = Readonly<{
  instance: Throwaway;
  client: SandboxClient;
  /** Another client, with tokens of its own. A broken connection makes it start the service again on the same folder. */
  reviver: () => Promise<SandboxClient>;
}>;

export async function startSandboxForTests(): Promise<SandboxForTests> {
  const instance = await startThrowaway(builtService());
  try {
    const issuer = await openSandboxIssuer(instance.dataFolder);
    const client = new SandboxClient(instance.url, issuer);
    await registerAgencies(client, readAgencies());
    return {
      instance,
      client,
      reviver: async () =>
        new SandboxClient(instance.url, await openSandboxIssuer(instance.dataFolder), { whenBroken: instance.killAndRestart }),
    };
  } catch (error) {
    await instance.stop();
    throw error;
  }
}
