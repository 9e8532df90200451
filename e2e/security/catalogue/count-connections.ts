import { createHook } from "node:async_hooks";
import net from "node:net";
import { once } from "node:events";

export interface ConnectionCounter {
  /** Connections and look-ups of this process since the counter was opened, those of its own database apart. */
  made(): string[];
  /** An address that answers, so that whoever is led there arrives. */
  trapPort: number;
  /** How many have arrived there. */
  trapped(): number;
  close(): Promise<void>;
}

interface Attempt {
  address?: string;
  port?: number;
  hostname?: string;
}

const kinds = new Set(["TCPCONNECTWRAP", "PIPECONNECTWRAP", "GETADDRINFOREQWRAP", "QUERYWRAP"]);

/** Counts below every library: what the process asks of the system itself. */
export async function countConnections(): Promise<ConnectionCounter> {
  const attempts: Attempt[] = [];
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      // Their members are set once this has returned.
      if (kinds.has(type)) attempts.push(resource);
    },
  }).enable();
  let arrivals = 0;
  const trap = net.createServer((socket) => {
    arrivals += 1;
    socket.destroy();
  });
  trap.listen(0, "127.0.0.1");
  await once(trap, "listening");
  const own = new URL(process.env["DATABASE_URL"] ?? "");
  const isOwn = ({ port, hostname }: Attempt) =>
    (port !== undefined && port === Number(own.port)) || hostname === own.hostname;
  return {
    made: () =>
      attempts
        .filter((attempt) => !isOwn(attempt))
        .map(({ address, port, hostname }) => hostname ?? `${address}:${port}`),
    trapPort: portOf(trap),
    trapped: () => arrivals,
    close: async () => {
      hook.disable();
      trap.close();
      await once(trap, "close");
    },
  };
}

function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the trap has no port");
  return address.port;
}
