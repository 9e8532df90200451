import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** silent: never a byte; dripping: a byte now and then, without end. */
  pace?: "silent" | "dripping";
}

export function answerJson(body: unknown, status = 200): Answer {
  return answerText(JSON.stringify(body), "application/json", status);
}

export function answerText(body: string | Buffer, contentType: string, status = 200): Answer {
  return { status, headers: { "content-type": contentType }, body };
}

export function answerHtml(): Answer {
  return answerText("<!doctype html><title>Sign in</title>", "text/html");
}

export function answerRedirect(location: string): Answer {
  return { status: 302, headers: { location }, body: "" };
}

/** More than the product reads of any answer, and JSON all the same. */
export function answerHuge(body: Record<string, unknown>): Answer {
  return answerJson({ ...body, padding: "x".repeat(600_000) });
}

export function answerAt(pace: "silent" | "dripping"): Answer {
  return { ...answerJson({}), pace };
}

export async function sendAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  if (answer.pace === "silent") return;
  response.writeHead(answer.status, answer.headers);
  while (answer.pace === "dripping" && !response.destroyed) {
    response.write(" ");
    await wait(200);
  }
  response.end(answer.body);
}
