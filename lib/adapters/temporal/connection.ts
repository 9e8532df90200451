import type { Client } from "@temporalio/client";

export interface TemporalServer {
  address: string;
  namespace: string;
  taskQueue: string;
  /** Null speaks without encryption. */
  tls: {
    serverRootCACertificate?: Buffer;
    clientCertPair?: { crt: Buffer; key: Buffer };
  } | null;
}

let connecting: Promise<Client> | undefined;

/** One connection for the process; a failed one is made anew by whoever asks next. */
export function connectClient(server: TemporalServer): Promise<Client> {
  connecting ??= openClient(server).catch((error: unknown) => {
    connecting = undefined;
    throw error;
  });
  return connecting;
}

// The SDK is loaded where it is used, so that nobody who runs without Temporal pays for it.
async function openClient({ address, namespace, tls }: TemporalServer): Promise<Client> {
  const { Client: TemporalClient, Connection } = await import("@temporalio/client");
  const connection = await Connection.connect({ address, tls, connectTimeout: "5 seconds" });
  return new TemporalClient({ connection, namespace });
}

export async function closeClient(): Promise<void> {
  const client = await connecting?.catch(() => undefined);
  connecting = undefined;
  await client?.connection.close();
}
