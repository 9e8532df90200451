import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Cluster } from "../cluster";
import { uploadState } from "../controllers/upload-volumes";
import type { Upload } from "./answer-upload";
import { answerUpload } from "./answer-upload";
import { receiveImage } from "./receive-image";
import type { UploadGrant } from "./tokens";

const paths = new Map([
  ["/v1beta1/upload", { isAsync: false, isForm: false }],
  ["/v1beta1/upload-async", { isAsync: true, isForm: false }],
  ["/v1beta1/upload-form", { isAsync: false, isForm: true }],
  ["/v1beta1/upload-form-async", { isAsync: true, isForm: true }],
]);

const patienceMs = 10_000;
const lookEveryMs = 1000;

/** CDI's upload proxy and the upload server behind it: one image from a client into one claim. */
export async function answerUploadProxy(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on("error", () => response.destroy());
  request.on("error", () => response.destroy());
  try {
    const { pathname } = new URL(request.url ?? "/", "https://cdi-uploadproxy");
    if (pathname === "/healthz") return answerUpload(request, response, 200, "OK");
    const way = paths.get(pathname);
    if (!way) return answerUpload(request, response, 404, "404 page not found\n");
    if (await suffer(cluster, request, response)) return;
    const grant = readGrant(cluster, request);
    if (typeof grant === "number") return answerUpload(request, response, grant);
    const obstacle = await waitUntilReady(cluster, grant);
    if (obstacle !== undefined) return answerUpload(request, response, 503, obstacle);
    await answerUploadServer(cluster, { ...way, grant, request, response });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    if (response.headersSent) response.destroy();
    else answerUpload(request, response, 500);
  }
}

function readGrant(cluster: Cluster, request: IncomingMessage): UploadGrant | number {
  const [, token] = /^Bearer\s+([A-Za-z0-9\-._~+/]+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (token === undefined) return 400;
  return cluster.uploads.tokens.read(token) ?? 401;
}

/** Why nothing can be sent now; the proxy itself waits ten seconds for the upload server. */
async function waitUntilReady(cluster: Cluster, grant: UploadGrant): Promise<string | undefined> {
  for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
    const state = uploadState(cluster, grant.namespace, grant.claimName);
    if (state !== "starting") return obstacleOf(state, grant.claimName);
    if (waitedMs >= patienceMs) return "timed out waiting for the condition";
    await new Promise<void>((resolve) => cluster.clock.after(lookEveryMs, resolve));
  }
}

function obstacleOf(state: ReturnType<typeof uploadState>, name: string): string | undefined {
  switch (state) {
    case "absent":
      return `rejecting Upload Request for PVC ${name} that doesn't exist`;
    case "no-target":
      return `PVC ${name} is not an upload target`;
    case "done":
      return `rejecting Upload Request for PVC ${name} that already finished uploading`;
    case "starting":
    case "ready":
      return undefined;
  }
}

async function answerUploadServer(cluster: Cluster, upload: Upload): Promise<void> {
  const { request, response, grant } = upload;
  if (upload.isAsync && request.method === "HEAD") return answerUpload(request, response, 200);
  if (request.method !== "POST") return answerUpload(request, response, 404);
  const key = `${grant.namespace}/${grant.claimName}`;
  if (cluster.uploads.busy.has(key)) return answerUpload(request, response, 503);
  cluster.uploads.busy.add(key);
  await receiveImage(cluster, upload, () => cluster.uploads.busy.delete(key));
}

/** The faults that are set for the API server too; true when the upload is not to be done. */
async function suffer(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { method = "GET", url = "/" } = request;
  if (cluster.faults.take("hang", method, url)) return true;
  const slow = cluster.faults.take("latencyMs", method, url);
  if (slow?.latencyMs !== undefined) await wait(slow.latencyMs, undefined, { ref: false });
  const refused = cluster.faults.take("status", method, url);
  if (refused?.status !== undefined) answerUpload(request, response, refused.status);
  return refused?.status !== undefined;
}
