import {
  ApisApi,
  AuthorizationV1Api,
  CoreV1Api,
  createConfiguration,
  CustomObjectsApi,
  ResponseContext,
  ServerConfiguration,
  StorageV1Api,
  VersionApi,
  wrapHttpLibrary,
} from "@kubernetes/client-node";
import type { Configuration, RequestContext } from "@kubernetes/client-node";
import { ClusterFailure } from "./failures";
import type { ClusterConnection } from "./kubeconfig";
import { openTransport, type ClusterAnswer, type ClusterRequest, type Transport } from "./transport";
import type { IncomingMessage } from "node:http";

/** One cluster's typed calls and plain requests, all over one pool of connections pinned to its own authority. */
export interface ClusterClient {
  readonly server: string;
  readonly core: CoreV1Api;
  readonly storage: StorageV1Api;
  readonly authorization: AuthorizationV1Api;
  readonly customObjects: CustomObjectsApi;
  readonly version: VersionApi;
  readonly apis: ApisApi;
  exchange(request: Omit<ClusterRequest, "timeoutMs"> & { timeoutMs?: number }): Promise<ClusterAnswer>;
  open(request: Omit<ClusterRequest, "timeoutMs"> & { timeoutMs?: number }): Promise<IncomingMessage>;
  close(): void;
}

const timeoutMsDefault = 10_000;

/** Opens no connection yet; the first call does. */
export function connectToCluster(
  connection: ClusterConnection,
  options: { timeoutMs?: number } = {},
): ClusterClient {
  const timeoutMs = options.timeoutMs ?? timeoutMsDefault;
  const transport = openTransport(connection);
  const configuration = typedConfiguration(connection, transport, timeoutMs);
  return {
    server: connection.server,
    core: new CoreV1Api(configuration),
    storage: new StorageV1Api(configuration),
    authorization: new AuthorizationV1Api(configuration),
    customObjects: new CustomObjectsApi(configuration),
    version: new VersionApi(configuration),
    apis: new ApisApi(configuration),
    exchange: (request) => transport.exchange({ timeoutMs, ...request }),
    open: (request) => transport.open({ timeoutMs, ...request }),
    close: () => transport.close(),
  };
}

/** Runs a typed call; what its deserializer makes of a hostile answer becomes a failure, never a crash. */
export async function callCluster<T>(call: () => Promise<T>, isWrite = false): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ClusterFailure) throw error;
    const words = error instanceof Error ? error.message : String(error);
    throw new ClusterFailure("rejected", `the cluster's answer could not be read: ${words}`, {
      reason: "MalformedAnswer",
      outcomeUnknown: isWrite,
    });
  }
}

// KubeConfig would bring undici, which follows redirects and reads proxies and TLS switches from the environment.
function typedConfiguration(
  connection: ClusterConnection,
  transport: Transport,
  timeoutMs: number,
): Configuration {
  return createConfiguration({
    baseServer: new ServerConfiguration(connection.server, {}),
    httpApi: wrapHttpLibrary({ send: (context) => sendTyped(connection, transport, context, timeoutMs) }),
    authMethods: {},
  });
}

async function sendTyped(
  connection: ClusterConnection,
  transport: Transport,
  context: RequestContext,
  timeoutMs: number,
): Promise<ResponseContext> {
  const url = context.getUrl();
  const body = context.getBody();
  const request: ClusterRequest = {
    method: requestMethod(context.getHttpMethod()),
    path: url.slice(connection.server.length),
    headers: context.getHeaders(),
    timeoutMs,
    signal: context.getSignal(),
  };
  if (typeof body === "string") request.body = body;
  const answer = await transport.exchange(request);
  const bytes = Buffer.from(answer.body);
  return new ResponseContext(answer.status, plainHeaders(answer.headers), {
    text: () => Promise.resolve(answer.body),
    binary: () => Promise.resolve(bytes),
    stream: () => new Blob([bytes]).stream(),
  });
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

function requestMethod(method: string): ClusterRequest["method"] {
  const known = methods.find((one) => one === method);
  if (!known) throw new Error(`no typed call uses ${method}`);
  return known;
}

function plainHeaders(headers: IncomingMessage["headers"]): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return plain;
}
