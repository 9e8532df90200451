import type { IncomingMessage, ServerResponse } from "node:http";

const formBytesMax = 1_000_000;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > formBytesMax) throw new Error("the body is too large");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await readBody(request));
}

export function sendPage(response: ServerResponse, status: number, html: string): void {
  send(response, { status, type: "text/html; charset=utf-8", body: html });
}

export function send(response: ServerResponse, answer: { status: number; type: string; body: string }): void {
  response.writeHead(answer.status, {
    "content-type": answer.type,
    "content-length": Buffer.byteLength(answer.body),
    "cache-control": "no-store",
  });
  response.end(answer.body);
}
