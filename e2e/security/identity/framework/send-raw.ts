import { once } from "node:events";
import http from "node:http";

export interface RawRequest {
  name: string;
  method: string;
  /** Sent as it stands: nothing normalises it on the way. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** A browser would tidy up much of what this sends. */
export async function sendRaw(
  origin: string,
  { method, path, headers, body }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const request = http.request({ hostname, port, method, path, headers, agent: false, timeout: 20_000 });
  request.on("timeout", () => request.destroy(new Error(`no answer to ${method} ${path}`)));
  request.end(body);
  const [response]: [http.IncomingMessage] = await onceResponse(request);
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(Buffer.from(part));
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(parts).toString(),
  };
}

async function onceResponse(request: http.ClientRequest): Promise<[http.IncomingMessage]> {
  const [response]: unknown[] = await once(request, "response");
  if (!(response instanceof http.IncomingMessage)) throw new Error("the answer is none");
  return [response];
}

/** Sends all of it, a few at once; what the server does not even answer counts as refused with status 0. */
export async function sendAll(
  origin: string,
  requests: readonly RawRequest[],
  judge: (request: RawRequest, answer: RawAnswer) => void,
): Promise<void> {
  const rest = requests.values();
  const send = async () => {
    for (const request of rest) {
      const nothing = { status: 0, headers: {}, text: "" };
      judge(request, await sendRaw(origin, request).catch(() => nothing));
    }
  };
  await Promise.all(Array.from({ length: 8 }, send));
}
