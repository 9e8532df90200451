import { once } from "node:events";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import net from "node:net";

export interface Listening {
  port: number;
  /** What answers; the address is known before whoever answers can be built. */
  answerWith(answer: Answer): void;
  stop(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

const host = "127.0.0.1";

export async function listenTls(
  port: number,
  tls: { certificatePem: string; keyPem: string },
): Promise<Listening> {
  return listen(port, (answer) => createTlsServer({ cert: tls.certificatePem, key: tls.keyPem }, answer));
}

export async function listenPlain(port: number): Promise<Listening> {
  return listen(port, (answer) => createServer(answer));
}

async function listen(port: number, create: (listener: RequestListener) => Server): Promise<Listening> {
  let answer: Answer = (_request, response) => (response as ServerResponse).writeHead(503).end();
  const server = create((request, response) => {
    Promise.resolve()
      .then(() => answer(request, response))
      .catch((error: unknown) => fail(response, error));
  });
  server.listen({ port: await freePort(port), host });
  await once(server, "listening");
  return {
    port: portOf(server),
    answerWith: (next) => {
      answer = next;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function fail(response: ServerResponse, error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  if (response.headersSent) response.destroy();
  else
    response.writeHead(500, { "content-type": "text/plain" }).end("The directory lab failed; see its log.");
}

/** The wanted port where nobody has it, else any. */
export async function freePort(wanted: number): Promise<number> {
  const probe = net.createServer();
  try {
    probe.listen({ port: wanted, host, exclusive: true });
    await once(probe, "listening");
    return portOf(probe);
  } catch (error) {
    if (wanted !== 0 && error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      return freePort(0);
    }
    throw error;
  } finally {
    probe.close();
  }
}

function portOf(server: net.Server): number {
  // A server that listens on a TCP port has no other kind of address.
  return (server.address() as AddressInfo).port;
}
