import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";
import { writeKubeconfig } from "@/e2e/lab/kubevirt/kubeconfig";

/** What a machine's console does with whoever asks for it. */
export type Behaviour = (request: IncomingMessage, socket: Duplex) => void;

/** A cluster behind TLS that knows consoles only, and plays each machine's as it was told. */
export interface FarEnd {
  kubeconfig: string;
  /** What the portal shows to be let in. */
  token: string;
  behaviours: Map<string, Behaviour>;
  /** The path of every console that was asked for. */
  asked: string[];
  /** Whatever was asked beside consoles. */
  strays: string[];
  stop(): Promise<void>;
}

const consolePath = /\/virtualmachineinstances\/([^/]+)\/(?:vnc|console)(?:\?|$)/;

export async function startFarEnd(): Promise<FarEnd> {
  const { caPem, certificatePem, keyPem, token } = await createIdentity("far-end", ["127.0.0.1"]);
  const behaviours: FarEnd["behaviours"] = new Map();
  const [asked, strays]: [string[], string[]] = [[], []];
  const open = new Set<Duplex>();
  const server = https.createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    strays.push(request.url ?? "");
    response.writeHead(404).end();
  });
  server.on("upgrade", (request, socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => open.delete(socket));
    const name = consolePath.exec(request.url ?? "")?.[1];
    if (name === undefined) strays.push(request.url ?? "");
    else asked.push(request.url ?? "");
    const behave = behaviours.get(name ?? "");
    if (behave === undefined) socket.destroy();
    else behave(request, socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    kubeconfig: writeKubeconfig({ name: "far-end", url: `https://127.0.0.1:${port}`, caPem, token }),
    ...{ token, behaviours, asked, strays },
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
