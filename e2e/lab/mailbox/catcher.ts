import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultDesk } from "./faults";

export interface ReceivedPost {
  at: string;
  method: string;
  /** With its query, as it was called. */
  path: string;
  headers: Record<string, string>;
  body: string;
  status: number;
}

/** Takes every message that is posted anywhere on it, as the chats and a company's own programs do. */
export function createCatcher(faults: FaultDesk, posts: ReceivedPost[]) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const { hookStatus, hookCut, hookHang, hookRetryAfterSeconds } = faults.current;
    const fails = (hookStatus !== undefined || hookCut || hookHang) && faults.takeHook();
    const status = fails ? (hookStatus ?? 200) : 200;
    posts.push({
      at: new Date().toISOString(),
      method: request.method ?? "",
      path: request.url ?? "",
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body,
      status,
    });
    if (fails && hookHang) return;
    if (fails && hookCut) return void request.socket.destroy();
    const retry =
      fails && hookRetryAfterSeconds !== undefined ? { "retry-after": String(hookRetryAfterSeconds) } : {};
    const place = status >= 300 && status < 400 ? { location: "https://127.0.0.1:1/elsewhere" } : {};
    response
      .writeHead(status, { "content-type": "text/plain", ...retry, ...place })
      .end(status === 200 ? "ok" : "no");
  };
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  // A request's body comes as buffers.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
