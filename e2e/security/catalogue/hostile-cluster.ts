import { once } from "node:events";
import https from "node:https";
import { stringify } from "yaml";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";
import { draft } from "./kubeconfigs/base";

/** A cluster whose every answer is written beforehand, word for word. */
export interface HostileCluster {
  kubeconfig: string;
  port: number;
  /** By path without its query; whatever is not there is answered as absent. */
  answers: Map<string, string | Buffer>;
  /** Method, path and query of every request. */
  asked: string[];
  stop(): Promise<void>;
}

const absent = JSON.stringify({
  kind: "Status",
  apiVersion: "v1",
  status: "Failure",
  reason: "NotFound",
  code: 404,
});

export async function startHostileCluster(): Promise<HostileCluster> {
  const { caPem, certificatePem, keyPem, token } = await createIdentity("hostile", ["127.0.0.1"]);
  const answers: HostileCluster["answers"] = new Map();
  const asked: string[] = [];
  const server = https.createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "https://127.0.0.1");
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    const text = answers.get(`${request.method} ${pathname}`) ?? answers.get(pathname);
    response.writeHead(text === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(text ?? absent);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the cluster has no port");
  const { port } = address;
  return {
    kubeconfig: stringify(draft({ server: `https://127.0.0.1:${port}`, caPem, token })),
    ...{ port, answers, asked },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
