import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import { ClusterFailure, failureFromAnswer, failureFromSocket } from "./failures";
import type { ClusterConnection } from "./kubeconfig";
import { subresourcePath } from "./paths";
import { lookupClusterHost } from "./server-address";
import { authorizationHeaders, tlsOptions } from "./transport";

export interface ConsoleTarget {
  namespace: string;
  name: string;
  kind: "vnc" | "serial";
  /** Refuse the newcomer instead of dropping who is already there; screens only. */
  preserveSession?: boolean;
}

const subProtocol = "plain.kubevirt.io";
const frameBytesMax = 1024 * 1024;
const failureBytesMax = 64 * 1024;

/**
 * The raw byte stream of a screen or serial port, as binary frames.
 * It comes paused, so that the greeting is not lost: add the listeners, then call resume().
 */
export function openConsoleStream(
  connection: ClusterConnection,
  target: ConsoleTarget,
  options: { signal: AbortSignal; timeoutMs: number },
): Promise<WebSocket> {
  const ending = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(consoleUrl(connection, target), subProtocol, {
      ...tlsOptions(connection),
      headers: { "user-agent": "kubevirt-shepherd", ...authorizationHeaders(connection) },
      lookup: lookupClusterHost,
      perMessageDeflate: false,
      maxPayload: frameBytesMax,
      followRedirects: false,
    });
    const fail = (failure: ClusterFailure) => {
      ending.removeEventListener("abort", giveUp);
      reject(failure);
      socket.terminate();
    };
    const giveUp = () =>
      fail(new ClusterFailure("unavailable", "the console did not answer", { reason: "Timeout" }));

    ending.addEventListener("abort", giveUp, { once: true });
    // Stays on for ever: an error nobody listens to would end the process, and "close" follows it anyway.
    socket.on("error", (error) => fail(handshakeFailure(error)));
    socket.once("unexpected-response", (_request, answer) => void refusalOf(answer).then(fail));
    socket.once("open", () => {
      ending.removeEventListener("abort", giveUp);
      socket.pause();
      resolve(socket);
    });
    if (ending.aborted) giveUp();
  });
}

function consoleUrl(connection: ClusterConnection, target: ConsoleTarget): string {
  const subresource = target.kind === "vnc" ? "vnc" : "console";
  const path = subresourcePath(target.namespace, "virtualmachineinstances", {
    name: target.name,
    subresource,
  });
  const query = target.kind === "vnc" && target.preserveSession ? "?preserveSession=true" : "";
  return `${connection.server.replace(/^https:/, "wss:")}${path}${query}`;
}

async function refusalOf(answer: IncomingMessage): Promise<ClusterFailure> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > failureBytesMax) break;
    }
  } catch {
    // A refusal cut short is still a refusal: its status is known, its words are what came so far.
  }
  const body = Buffer.concat(chunks).toString("utf8", 0, failureBytesMax);
  const retryAfter = answer.headers["retry-after"];
  return failureFromAnswer({ status: answer.statusCode ?? 502, body, isWrite: false, retryAfter });
}

function handshakeFailure(error: Error): ClusterFailure {
  if (!error.message.includes("subprotocol"))
    return failureFromSocket(error, { isWrite: false, reachedCluster: false });
  const message = `the console must speak ${subProtocol}: ${error.message}`;
  return new ClusterFailure("rejected", message, { reason: "SubProtocol" });
}
