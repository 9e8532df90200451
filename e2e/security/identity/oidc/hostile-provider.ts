import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";
import { answerJson, sendAnswer } from "./answers";
import { createTenant } from "./tenant";
import type { Tenant, Tricks } from "./tenant";

export interface HostileProvider {
  origin: string;
  port: number;
  caPem: string;
  /** A provider of its own below the same origin, honest except for its tricks. */
  openTenant(tricks?: Tricks): Tenant;
  /** Paths that were called, in order. */
  visits: string[];
  close(): Promise<void>;
}

/** An OpenID provider on this machine that answers every step as wrongly as a case wants it to. */
export async function startHostileProvider(): Promise<HostileProvider> {
  const identity = await createIdentity("hostile-provider", ["127.0.0.1"]);
  const tenants = new Map<string, Tenant>();
  const visits: string[] = [];
  const server = createServer(
    { cert: identity.certificatePem, key: identity.keyPem },
    (request, response) => {
      visits.push(request.url ?? "");
      void answer(tenants, request, response);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the hostile provider has no port");
  const origin = `https://127.0.0.1:${address.port}`;
  return {
    origin,
    port: address.port,
    caPem: identity.caPem,
    visits,
    openTenant: (tricks = {}) => {
      const name = `tenant-${tenants.size + 1}`;
      const tenant = createTenant({ issuer: `${origin}/${name}`, caPem: identity.caPem }, tricks);
      tenants.set(name, tenant);
      return tenant;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  tenants: Map<string, Tenant>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, name = "", ...rest] = (request.url ?? "").replace(/\?.*$/, "").split("/");
  const body = request.method === "POST" ? await text(request) : "";
  const asked = { path: rest.join("/"), body, authorization: request.headers.authorization ?? "" };
  const said = tenants.get(name)?.answer(asked) ?? answerJson({ error: "not_found" }, 404);
  await sendAnswer(response, said);
}
