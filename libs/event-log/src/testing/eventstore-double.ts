import './global-self';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { Faults } from './eventstore-double/faults';
import { Gate } from './eventstore-double/gate';
import { streamsService } from './eventstore-double/service';
import { DoubleStore } from './eventstore-double/store';

/** A double of EventStoreDB's streams service: what it says about the real server is nothing; what it can do is fail on demand. */
export type EventStoreDouble = Readonly<{
  /** For `openEventStoreLog`. */
  url: string;
  store: DoubleStore;
  faults: Faults;
  /** Cuts every connection; new ones are taken. */
  cut(): void;
  /** The server is gone, its data stay. */
  goDown(): Promise<void>;
  /** Back at the same address. */
  comeUp(): Promise<void>;
  stop(): Promise<void>;
}>;

/** On a free port of the loopback address, in this process, with its records in memory. */
export async function startEventStoreDouble(maxAppendSize?: number): Promise<EventStoreDouble> {
  const store = new DoubleStore(maxAppendSize);
  const faults = new Faults();
  const server = new Server();
  let cut = (): void => undefined;
  server.addService(StreamsService, streamsService({ store, faults, cut: () => cut() }));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  const gate = new Gate(port);
  cut = () => gate.cut();
  await gate.open();
  return {
    url: `esdb://${gate.address}?tls=false`,
    store,
    faults,
    cut,
    goDown: () => gate.shut(),
    comeUp: () => gate.open(),
    stop: async () => {
      await gate.shut();
      server.forceShutdown();
    },
  };
}
